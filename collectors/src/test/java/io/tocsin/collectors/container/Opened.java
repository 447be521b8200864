package io.tocsin.collectors.container;

import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Sample;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** A collector in a test: its clock can be put forward, and what it says can be waited for. */
final class Opened implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final AtomicLong ahead = new AtomicLong();
  private final ContainerCollector collector;

  private Opened(ContainerConfig config, Clock clock) {
    collector = new ContainerCollector(config, clock, () -> System.nanoTime() + ahead.get());
  }

  static Opened with(ContainerConfig config) throws Exception {
    return with(config, Clock.systemUTC());
  }

  static Opened with(ContainerConfig config, Clock clock) throws Exception {
    Opened opened = new Opened(config, clock);
    opened.collector.open();
    return opened;
  }

  ContainerCollector collector() {
    return collector;
  }

  Opened later(Duration time) {
    ahead.addAndGet(time.toNanos());
    return this;
  }

  Reading collect() throws Exception {
    return collector.collect();
  }

  /** Passes until one gives what is wanted. */
  Reading collectUntil(Predicate<Reading> wanted) {
    AtomicReference<Reading> last = new AtomicReference<>();
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              last.set(collector.collect());
              return wanted.test(last.get());
            });
    return last.get();
  }

  /** Passes until there are samples of this many containers. */
  Reading collectUntil(int containers) {
    return collectUntil(reading -> reading.samples().size() == containers);
  }

  /** The sample of a resource, whose id is {@code container/box.<name>}. */
  static Sample.Builder sample(Reading reading, String name) {
    return reading.samples().stream()
        .filter(sample -> sample.getResourceId().equals("container/box." + name))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "no sample of %s among %s"
                        .formatted(
                            name,
                            reading.samples().stream()
                                .map(Sample.Builder::getResourceId)
                                .toList())));
  }

  @Override
  public void close() {
    collector.close();
  }
}
