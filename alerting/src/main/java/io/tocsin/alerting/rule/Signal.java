package io.tocsin.alerting.rule;

import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a rule judges: one statement about one aspect of one resource at one moment of event time.
 *
 * @param kind which rules listen to it
 * @param resourceId the resource it speaks of
 * @param aspect which of several independent troubles of that resource; such as {@code CPU}
 * @param service service the resource belongs to; null if none
 * @param tier how much the system depends on it
 * @param verdict what it says
 * @param at event time
 * @param since event time at which this verdict began to hold, as far as the signal itself knows
 * @param freshForMs how long it speaks for the resource, in milliseconds; 0 if until the next one
 * @param share how much of the service is down
 * @param summary one line for people; text, never interpreted
 * @param evidence why it says so; text for people, never interpreted
 */
public record Signal(
    SignalKind kind,
    String resourceId,
    String aspect,
    String service,
    Tier tier,
    Verdict verdict,
    Instant at,
    Instant since,
    long freshForMs,
    Share share,
    String summary,
    List<String> evidence) {

  /** Probes that may be missing before the newest one no longer speaks for its endpoint. */
  private static final int MISSING_PROBES = 3;

  /** A longer interval is a mistake, and must not overflow what is reckoned with it. */
  private static final long MAX_INTERVAL_MS = Duration.ofDays(1).toMillis();

  /** Incidents are read by people: more findings, or longer ones, are cut. */
  private static final int MAX_FINDINGS = 10;

  private static final int MAX_FINDING_LENGTH = 500;

  /** A probe as a signal about its endpoint. */
  public static Signal of(Probe probe) {
    String name = probe.getResourceId() + of(probe.getService());
    return new Signal(
        SignalKind.HEALTH,
        probe.getResourceId(),
        "health",
        probe.getService(),
        probe.getTier(),
        verdict(probe.getHealth()),
        probe.getAt(),
        probe.getAt(),
        MISSING_PROBES * Math.max(1, Math.min(probe.getIntervalMs(), MAX_INTERVAL_MS)),
        Share.ALONE,
        cut(name + " is " + probe.getHealth() + ": " + probe.getEvidence()),
        List.of(cut(probe.getEvidence())));
  }

  /** A bottleneck as a signal about one kind of shortage of its resource. */
  public static Signal of(Bottleneck bottleneck) {
    String figures =
        String.format(
            Locale.ROOT,
            "%.1f %s, threshold %.1f %s",
            bottleneck.getValue(),
            bottleneck.getUnit(),
            bottleneck.getThreshold(),
            bottleneck.getUnit());
    String name = bottleneck.getResourceId() + of(bottleneck.getService());
    return new Signal(
        SignalKind.BOTTLENECK,
        bottleneck.getResourceId(),
        bottleneck.getKind().name(),
        bottleneck.getService(),
        bottleneck.getTier(),
        bottleneck.getActive() ? Verdict.BAD : Verdict.GOOD,
        bottleneck.getAt(),
        since(bottleneck),
        0,
        Share.ALONE,
        cut(
            bottleneck.getKind()
                + (bottleneck.getActive() ? " is short on " : " is no longer short on ")
                + name
                + ": "
                + figures),
        bottleneck.getEvidence().stream().limit(MAX_FINDINGS).map(Signal::cut).toList());
  }

  /** The same signal, knowing how much of the service is down. */
  public Signal with(Share newShare) {
    return new Signal(
        kind,
        resourceId,
        aspect,
        service,
        tier,
        verdict,
        at,
        since,
        freshForMs,
        newShare,
        summary,
        evidence);
  }

  /** Whether so much time has passed since an earlier signal that nobody knows what was between. */
  public boolean comesAfterSilenceSince(Instant earlier) {
    return freshForMs > 0
        && Duration.between(earlier, at).compareTo(Duration.ofMillis(freshForMs)) > 0;
  }

  /**
   * Whether this signal adds nothing to the one before it.
   *
   * <p>Older ones are late. Of probes with the same time the worst counts, whatever their order;
   * bottlenecks of one resource come in order, so there the last one counts.
   */
  public boolean addsNothingTo(Instant lastAt, Verdict lastVerdict) {
    if (at.isAfter(lastAt)) {
      return false;
    }
    return at.isBefore(lastAt)
        || (kind == SignalKind.BOTTLENECK
            ? verdict == lastVerdict
            : !verdict.isWorseThan(lastVerdict));
  }

  private static Instant since(Bottleneck bottleneck) {
    boolean began = bottleneck.getActive() && bottleneck.getSince().isBefore(bottleneck.getAt());
    return began ? bottleneck.getSince() : bottleneck.getAt();
  }

  private static Verdict verdict(Health health) {
    return switch (health) {
      case UP -> Verdict.GOOD;
      case DOWN -> Verdict.BAD;
      case UNKNOWN -> Verdict.UNKNOWN;
    };
  }

  private static String of(String service) {
    return service == null ? "" : " of service " + service;
  }

  private static String cut(String text) {
    return text.length() <= MAX_FINDING_LENGTH ? text : text.substring(0, MAX_FINDING_LENGTH) + "…";
  }
}
