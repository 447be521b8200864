package io.tocsin.history;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts the dead letters of all stages, wherever they run, by stage and topic. What a letter says
 * of itself is a name here only if the program knows it, so that nobody can make meters without
 * end.
 */
final class DeadLetterCount {

  static final String METER = "tocsin.deadletters";

  /** Older ones are of before this was counted, or of an outage longer than a restart. */
  private static final Duration LATELY = Duration.ofHours(1);

  private static final String OTHER = "other";

  private static final Set<String> STAGES =
      Set.of("streams", "alerting", "responder", "notifier", "recorder", "server");

  private static final Set<String> TOPICS =
      Topics.all().stream().map(Topic::name).collect(Collectors.toUnmodifiableSet());

  private final MeterRegistry meters;
  private final Clock clock;

  DeadLetterCount(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
  }

  /** A letter came. */
  void count(DeadLetter letter) {
    if (letter.getAt().isAfter(clock.instant().minus(LATELY))) {
      String stage = STAGES.contains(letter.getStage()) ? letter.getStage() : OTHER;
      String topic = TOPICS.contains(letter.getTopic()) ? letter.getTopic() : OTHER;
      meters.counter(METER, "stage", stage, "topic", topic).increment();
    }
  }
}
