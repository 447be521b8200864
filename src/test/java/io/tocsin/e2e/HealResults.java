package io.tocsin.e2e;

import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what the responder says it did. */
final class HealResults implements AutoCloseable {

  private final TopicReader reader;
  private final List<HealResult> all = new ArrayList<>();

  HealResults(Cluster cluster) {
    reader =
        TopicReader.fromBeginning(
            cluster, "test-heal-results", Clock.systemUTC(), Set.of(Topics.HEAL_RESULTS));
  }

  List<HealResult> read() {
    reader.poll(Duration.ofMillis(100)).stream()
        .flatMap(received -> received.as(Topics.HEAL_RESULTS).stream())
        .forEach(all::add);
    return all;
  }

  /** The first of this outcome for an action since a moment. */
  Optional<HealResult> first(String action, HealOutcome outcome, Instant since) {
    return read().stream()
        .filter(result -> result.getAction().equals(action))
        .filter(result -> result.getOutcome() == outcome && !result.getAt().isBefore(since))
        .findFirst();
  }

  @Override
  public void close() {
    reader.close();
  }
}
