package io.tocsin.alerting.signal;

import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Instant;
import java.util.Map;

/**
 * What rules judge: the figures of one aspect of one resource at one moment of event time.
 *
 * @param kind which rules listen to it
 * @param resourceId the resource it speaks of
 * @param resourceKind kind of that resource
 * @param series which of several independent things of that resource, such as {@code CPU}, a
 *     window's size or a figure's name with its labels; empty if there is one
 * @param service service the resource belongs to; null if none
 * @param tier how much the system depends on it
 * @param labels of the series; text, never interpreted
 * @param at event time
 * @param since event time at which it began to be as it is, where the observation knows; otherwise
 *     {@code at}
 * @param freshForMs how long it speaks for the resource, in milliseconds; 0 if until the next one
 * @param fields its figures
 */
public record Observation(
    SignalKind kind,
    String resourceId,
    ResourceKind resourceKind,
    String series,
    String service,
    Tier tier,
    Map<String, String> labels,
    Instant at,
    Instant since,
    long freshForMs,
    Fields fields) {

  /**
   * One whose figures also answer to the names that every observation has: {@code resource}, {@code
   * kind}, {@code service}, {@code tier}, {@code series} and {@code labels}.
   *
   * @param own the figures of its signal
   */
  public static Observation of(
      SignalKind kind,
      String resourceId,
      ResourceKind resourceKind,
      String series,
      String service,
      Tier tier,
      Map<String, String> labels,
      Instant at,
      Instant since,
      long freshForMs,
      Fields own) {
    return new Observation(
        kind,
        resourceId,
        resourceKind,
        series,
        service,
        tier,
        labels,
        at,
        since,
        freshForMs,
        new Context(own, resourceId, resourceKind, series, service, tier, labels));
  }
}
