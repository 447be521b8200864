package io.tocsin.bench;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.streams.topology.StreamsRunner;
import io.tocsin.streams.topology.StreamsSettings;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Our topologies as {@code tocsin up} runs them, but for the threads. Commands: {@code profile}
 * begins a flight recording, {@code dump FILE} ends it, {@code counters} asks what was counted.
 */
final class StreamsPart {

  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final Part.Place place;
  private final Boss boss;
  private final Clock clock;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Flight flight = new Flight();

  StreamsPart(Part.Place place, Boss boss, Clock clock) {
    this.place = place;
    this.boss = boss;
    this.clock = clock;
  }

  void run() throws InterruptedException {
    try (StreamsRunner runner =
        new StreamsRunner(
            place.cluster(),
            settings(place.threads()).withInstanceId(place.directory().getFileName().toString()),
            place.directory(),
            clock,
            meters)) {
      runner.start();
      runner.awaitRunning(START_LIMIT);
      boss.say("ready", place.threads() + " threads");
      for (Optional<String> next = boss.command(); next.isPresent(); next = boss.command()) {
        obey(next.get());
      }
    }
  }

  static StreamsSettings settings(int threads) {
    return StreamsSettings.embedded().withThreads(threads);
  }

  private void obey(String command) {
    try {
      if (!flight.obeys(command, boss)) {
        boss.say("counters", counters());
      }
    } catch (IOException | ParseException failed) {
      boss.say("failed", failed);
    }
  }

  private String counters() {
    return meters.getMeters().stream()
        .filter(Counter.class::isInstance)
        .map(Counter.class::cast)
        .filter(counter -> counter.count() > 0)
        .map(
            counter ->
                counter.getId().getName().replace("tocsin.streams.", "")
                    + counter.getId().getTags().stream()
                        .map(tag -> "." + tag.getValue())
                        .collect(Collectors.joining())
                    + "="
                    + Math.round(counter.count()))
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
