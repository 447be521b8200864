package io.tocsin.e2e;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.alerting.notify.Notifier;
import io.tocsin.schemas.topic.Cluster;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A notifier in a process of its own, to be killed: broker, registry, port, channel. */
final class NotifierMain {

  private NotifierMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    int port = Integer.parseInt(arguments[2]);
    new Notifier(
            new Cluster(arguments[0], arguments[1]),
            LoopbackSpec.config(List.of(LoopbackSpec.channel(port, arguments[3], null))),
            call -> {
              throw new IllegalStateException("the channels of this test do not use it");
            },
            Clock.systemUTC(),
            new SimpleMeterRegistry())
        .start();
    new CountDownLatch(1).await();
  }
}
