package io.tocsin.alerting.rule;

import java.time.Instant;

/**
 * The newest thing known of one endpoint of a service.
 *
 * @param verdict what its newest probe said
 * @param at event time of that probe
 * @param freshForMs how long that probe speaks for the endpoint, in milliseconds
 */
public record EndpointHealth(Verdict verdict, Instant at, long freshForMs) {

  /** What a signal says of its endpoint. */
  public static EndpointHealth of(Signal signal) {
    return new EndpointHealth(signal.verdict(), signal.at(), signal.freshForMs());
  }

  /** Whether it still speaks for the endpoint at a later moment. */
  public boolean isFreshAt(Instant moment) {
    return !at.plusMillis(freshForMs).isBefore(moment);
  }

  /** Whether it replaces what was known. Signals of an endpoint may arrive out of order. */
  public boolean replaces(EndpointHealth known) {
    return known == null
        || at.isAfter(known.at)
        || at.equals(known.at) && verdict.isWorseThan(known.verdict);
  }

  /**
   * The share of a service that is down.
   *
   * <p>Endpoints that have fallen silent, and those of unknown health, are not counted: they do not
   * show that part of the service still works.
   *
   * @param endpoints all endpoints of the service
   * @param moment event time
   */
  public static Share share(Iterable<EndpointHealth> endpoints, Instant moment) {
    int down = 0;
    int known = 0;
    for (EndpointHealth endpoint : endpoints) {
      if (endpoint.verdict() != Verdict.UNKNOWN && endpoint.isFreshAt(moment)) {
        known++;
        down += endpoint.verdict() == Verdict.BAD ? 1 : 0;
      }
    }
    return new Share(down, known);
  }
}
