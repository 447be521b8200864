package io.tocsin.collectors.health;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorContract;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class HealthCollectorContractTest extends CollectorContract {

  private RawServer polite;
  private RawServer hanging;

  @BeforeEach
  void serve() throws IOException {
    polite = new RawServer(RawServer.polite("200 OK", "fine"));
    hanging = new RawServer(socket -> new CountDownLatch(1).await());
  }

  @AfterEach
  void stop() throws IOException {
    polite.close();
    hanging.close();
  }

  @Override
  protected Collector healthy() {
    return over(polite);
  }

  @Override
  protected Collector troubled() {
    return over(hanging);
  }

  private static Collector over(RawServer server) {
    Target target = new Target.Http(URI.create("http://127.0.0.1:" + server.port() + "/"));
    return HealthChecks.collectors(
            List.of(
                new HealthCheck(
                    "shop", "shop", null, target, Duration.ofMillis(500), null, null, null)),
            Clock.systemUTC())
        .get(0);
  }
}
