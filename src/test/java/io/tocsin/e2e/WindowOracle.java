package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Compares what came out with what the ledger says went in: every acknowledged sample is in exactly
 * one window of each size. Windows that are still open are asked of the streams.
 */
final class WindowOracle {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Cluster cluster;
  private final Fleet fleet;
  private final Ledger ledger;
  private final StreamsInstance streams;

  WindowOracle(Cluster cluster, Fleet fleet, Ledger ledger, StreamsInstance streams) {
    this.cluster = cluster;
    this.fleet = fleet;
    this.ledger = ledger;
    this.streams = streams;
  }

  /** To be called when the producers have stopped. Returns a line with what was found. */
  String check() {
    assertThat(ledger.failure()).as("a sample that was not acknowledged").isNull();
    for (String resource : fleet.behind()) {
      await("all windows of " + resource + " close, though nobody sends any more")
          .atMost(PATIENCE)
          .until(() -> streams.state(resource).path("windows").isEmpty());
    }
    for (String resource : fleet.all()) {
      await("windows of 10 s of " + resource + " close, though nobody sends any more")
          .atMost(PATIENCE)
          .until(() -> open(resource).keySet().stream().noneMatch(id -> id.sizeMs() == 10_000));
    }
    // What is open is asked first: a window that closes meanwhile is among the finals, which count.
    Map<String, Map<Ledger.Id, Integer>> open = new HashMap<>();
    fleet.all().forEach(resource -> open.put(resource, open(resource)));
    AtomicReference<List<Window>> last = new AtomicReference<>(List.of());
    // The streams say that a window is closed before its final is committed.
    await("all finals are committed")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              last.set(finals());
              compare(open, last.get());
            });
    return "%d acknowledged samples, %d more as duplicates, %d final windows: each sample once"
        .formatted(ledger.distinct(), ledger.duplicates(), last.get().size());
  }

  private void compare(Map<String, Map<Ledger.Id, Integer>> open, List<Window> finals) {
    noWindowIsFinalTwice(finals);
    for (String resource : fleet.all()) {
      Map<Ledger.Id, Integer> found = new HashMap<>(open.get(resource));
      finals.stream()
          .filter(window -> window.getResourceId().equals(resource))
          .forEach(window -> found.put(id(window), window.getIntervals()));
      found.values().removeIf(intervals -> intervals == 0);
      if (resource.equals(fleet.ahead())) {
        sums(resource, found);
      } else {
        assertThat(found).as(resource).isEqualTo(ledger.expected(resource));
      }
    }
  }

  /**
   * Which window it counts in depends on when it arrived; that it is in one of each size does not.
   */
  private void sums(String resource, Map<Ledger.Id, Integer> found) {
    for (Duration size : Ledger.SIZES) {
      int sum =
          found.entrySet().stream()
              .filter(window -> window.getKey().sizeMs() == size.toMillis())
              .mapToInt(Map.Entry::getValue)
              .sum();
      assertThat(sum)
          .as("intervals of %s in windows of %s", resource, size)
          .isEqualTo(ledger.distinct(resource) - 1);
    }
  }

  private static void noWindowIsFinalTwice(List<Window> finals) {
    Set<Ledger.Id> seen = new HashSet<>();
    assertThat(finals).allSatisfy(window -> assertThat(seen.add(id(window))).isTrue());
  }

  private static Ledger.Id id(Window window) {
    return new Ledger.Id(
        window.getResourceId(), window.getSizeMs(), window.getStartsAt().toEpochMilli());
  }

  private Map<Ledger.Id, Integer> open(String resource) {
    Map<Ledger.Id, Integer> windows = new HashMap<>();
    for (JsonNode window : streams.state(resource).path("windows")) {
      windows.put(
          new Ledger.Id(
              resource,
              window.path("sizeMs").asLong(),
              Instant.parse(window.path("startsAt").asText()).toEpochMilli()),
          window.path("intervals").asInt());
    }
    return windows;
  }

  /** All of ours, as a reader of committed records sees them. */
  private List<Window> finals() {
    Set<String> ours = fleet.all().stream().collect(Collectors.toSet());
    List<Window> finals = new ArrayList<>();
    try (TopicReader reader =
        TopicReader.fromBeginning(
            cluster, "window-oracle", Clock.systemUTC(), Set.of(Topics.WINDOWS))) {
      do {
        for (Received<?> received : reader.poll(Duration.ofSeconds(1))) {
          received
              .as(Topics.WINDOWS)
              .filter(window -> window.getIsFinal() && ours.contains(window.getResourceId()))
              .ifPresent(finals::add);
        }
      } while (reader.lag() > 0);
    }
    return finals;
  }
}
