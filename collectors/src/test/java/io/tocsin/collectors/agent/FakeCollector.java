package io.tocsin.collectors.agent;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Sample;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A collector whose passes do what a test says. */
final class FakeCollector implements Collector {

  /** What one pass does, given its number from 0. */
  @FunctionalInterface
  interface Pass {
    Reading run(int number) throws CollectorException, InterruptedException;
  }

  private final String name;
  private final Duration interval;
  private final Pass pass;
  final AtomicInteger passes = new AtomicInteger();

  /** How many calls of open fail before one works. */
  volatile int closedDoors;

  volatile int opened;
  volatile int closed;

  volatile List<Resource> resources =
      List.of(
          Resource.newBuilder()
              .setId("host/web-1")
              .setKind(ResourceKind.HOST)
              .setName("web-1")
              .setUpdatedAt(Examples.NOON)
              .build());

  FakeCollector(String name, Duration interval, Pass pass) {
    this.name = name;
    this.interval = interval;
    this.pass = pass;
  }

  static Reading sample() {
    return Reading.of(
        Sample.newBuilder()
            .setResourceId("host/web-1")
            .setKind(ResourceKind.HOST)
            .setAt(Examples.NOON),
        List.of());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public List<Resource> resources() {
    return resources;
  }

  @Override
  public void open() throws CollectorException {
    if (closedDoors > 0) {
      closedDoors--;
      throw new CollectorException(Reason.REFUSED, "port 514", "is in use");
    }
    opened++;
  }

  @Override
  public void close() {
    closed++;
  }

  @Override
  public Reading collect() throws CollectorException, InterruptedException {
    return pass.run(passes.getAndIncrement());
  }
}
