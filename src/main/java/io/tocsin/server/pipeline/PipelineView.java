package io.tocsin.server.pipeline;

import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.RefusedCount;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How the pipeline does.
 *
 * @param ready whether all parts do their work
 * @param parts what each says: {@code UP}, or what is wrong
 * @param residentBytes memory of this process and its children
 * @param lag records that wait, by consumer group and topic
 * @param lagProblem why {@code lag} is not known; null if it is
 * @param refusals what was left out or clamped, what was so last comes first
 * @param deadLetters what could not be used, newest first
 * @param meters the program's own figures by name and tags: counters, gauges, counts of timers
 */
public record PipelineView(
    boolean ready,
    Map<String, String> parts,
    long residentBytes,
    List<Lag> lag,
    String lagProblem,
    List<Refusal> refusals,
    List<Letter> deadLetters,
    Map<String, Double> meters) {

  /**
   * Records of a topic that a consumer group has still to read. Alerting tells the broker how far
   * it is only with each checkpoint, so its lag goes up and down with those.
   */
  public record Lag(String group, String topic, long lag) {}

  /**
   * What a topology left out or clamped for one reason.
   *
   * @param agent who sent it; empty where the record did not say
   * @param count how many, over what the topic retains
   * @param lastAt topic, partition and offset of the last of them
   * @param to when it was counted last
   */
  public record Refusal(
      String topology,
      String reason,
      String agent,
      long count,
      String lastResourceId,
      String lastAt,
      Instant to) {

    static Refusal of(RefusedCount newest, long before) {
      return new Refusal(
          newest.getTopology(),
          newest.getReason(),
          newest.getAgent(),
          before + newest.getCount(),
          newest.getLastResourceId(),
          newest.getLastAt(),
          newest.getTo());
    }
  }

  /** Something that a stage could not use, and where it stands. */
  public record Letter(
      String topic, int partition, long offset, String stage, String reason, Instant at) {

    private static final int LONGEST_REASON = 500;

    static Letter of(DeadLetter letter) {
      return new Letter(
          letter.getTopic(),
          letter.getPartition(),
          letter.getOffset(),
          letter.getStage(),
          PlainText.head(letter.getReason(), LONGEST_REASON),
          letter.getAt());
    }
  }
}
