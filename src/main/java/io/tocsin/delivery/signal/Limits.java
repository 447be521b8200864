package io.tocsin.delivery.signal;

import java.time.Duration;
import java.util.List;

/**
 * How much worse it may be than before.
 *
 * @param lag records that a group may always have waiting on a topic
 * @param lagStalled how long a larger lag may go without becoming smaller
 * @param deadLetters records that may become unusable, beyond the pace of before
 * @param refusals records that may be left out, beyond the pace of before
 * @param troubles errors that an instance may count
 * @param services an incident of one of these services is about Tocsin itself
 * @param rules an incident by one of these rules is, too
 */
public record Limits(
    long lag,
    Duration lagStalled,
    long deadLetters,
    long refusals,
    long troubles,
    List<String> services,
    List<String> rules) {

  /** A restart may leave this much behind; none of the rest should happen at all. */
  public static final Limits DEFAULT =
      new Limits(10_000, Duration.ofSeconds(20), 0, 1_000, 0, List.of("tocsin"), List.of());

  public Limits {
    services = List.copyOf(services);
    rules = List.copyOf(rules);
  }
}
