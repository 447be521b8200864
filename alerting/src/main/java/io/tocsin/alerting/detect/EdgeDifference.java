package io.tocsin.alerting.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The latency of a call as its caller sees it, less the latency as the called end sees it. What
 * remains is spent on the way: network, queue, connection, proxy of the called end. A delay there
 * makes every caller above slow but leaves the called end's own figure as it was, so the difference
 * names the faulty end where a latency alone names the whole chain.
 *
 * <p>Each edge is judged against its own past by a modified z-score: distance from the median in
 * units of 1.4826 median absolute deviations, which a few outliers cannot move. The called end is
 * at fault only if all its callers say so, and twice running: rare calls have wild medians.
 *
 * @see <a href="https://www.itl.nist.gov/div898/handbook/eda/section3/eda35h.htm">NIST/SEMATECH
 *     e-Handbook of Statistical Methods, 1.3.5.17: modified z-score</a>
 */
public final class EdgeDifference {

  /** Makes the median absolute deviation of a normal quantity its standard deviation. */
  private static final double MAD_TO_SIGMA = 1.4826;

  /** Callers that have not called for so many steps are forgotten. */
  private static final int STEPS_TO_FORGET = 1000;

  private final EdgeSettings settings;

  /** With these settings. */
  public EdgeDifference(EdgeSettings settings) {
    this.settings = settings;
  }

  /**
   * All that is known of the calls to one resource.
   *
   * @param callee its name
   * @param edges one for each caller
   */
  public record State(String callee, List<Edge> edges) {
    /** Before the first call. */
    public static State of(String callee) {
      return new State(callee, List.of());
    }
  }

  /**
   * A state and the judgement.
   *
   * @param state to go on from
   * @param deviation of the caller that sees the least of it; empty while too little is known, or
   *     if a latency was no number or not newer than the last
   * @param isAlarm whether all callers see it
   */
  public record Judged(State state, Optional<Deviation> deviation, boolean isAlarm) {}

  /**
   * Judges one tick of one edge and adds it to the past.
   *
   * @param seenByCaller latency in any unit
   * @param seenByCallee latency in the same unit, of the same tick
   */
  public Judged update(
      State state, String caller, Instant at, double seenByCaller, double seenByCallee) {
    long now = at.toEpochMilli();
    double difference = seenByCaller - seenByCallee;
    Edge edge =
        state.edges().stream()
            .filter(known -> known.caller().equals(caller))
            .findFirst()
            .orElse(Edge.of(caller));
    if (!Double.isFinite(difference) || now <= edge.at()) {
      return new Judged(state, Optional.empty(), false);
    }
    List<Edge> edges = new ArrayList<>();
    for (Edge other : state.edges()) {
      if (!other.caller().equals(caller) && !isForgotten(other, edge, now)) {
        edges.add(other);
      }
    }
    edges.add(next(edge, now, difference, seenByCaller));
    State next = new State(state.callee(), List.copyOf(edges));
    Optional<Edge> weakest =
        edges.stream()
            .filter(known -> known.isFresh(now) && !Double.isNaN(known.sustained()))
            .min(Comparator.comparingDouble(Edge::sustained));
    return new Judged(
        next,
        weakest.map(known -> deviation(state.callee(), known)),
        weakest.isPresent() && weakest.get().sustained() >= settings.alarm());
  }

  private static boolean isForgotten(Edge other, Edge edge, long now) {
    long step = Math.max(other.step(), edge.step());
    return step > 0 && now - other.at() > STEPS_TO_FORGET * step;
  }

  private Edge next(Edge edge, long now, double difference, double latency) {
    double score = Double.NaN;
    if (edge.differences().size() >= settings.least()) {
      double expected = edge.differences().median();
      score = difference == expected ? 0 : (difference - expected) / spread(edge, expected);
    }
    return new Edge(
        edge.caller(),
        edge.differences().with(difference, settings.history()),
        edge.latencies().with(latency, settings.history()),
        score,
        // After missed calls nobody can say that it was so twice running.
        edge.isGap(now) ? 0 : edge.score(),
        now,
        edge.stepWith(now));
  }

  private double spread(Edge edge, double centre) {
    return Math.max(
        MAD_TO_SIGMA * edge.differences().medianDistanceFrom(centre),
        settings.floor() * Math.abs(edge.latencies().median()));
  }

  private Deviation deviation(String callee, Edge edge) {
    double[] differences = edge.differences().values();
    double latest = differences[differences.length - 1];
    double usual = edge.differences().median();
    double spread = spread(edge, usual);
    String why =
        edge.caller()
            + " waits "
            + Digits.of(latest)
            + " longer for "
            + callee
            + " than that takes, where "
            + Digits.of(usual)
            + " is usual: "
            + Digits.of(edge.sustained())
            + " times the usual spread, twice running, and no other caller sees less";
    return new Deviation(latest, usual, spread, edge.sustained(), why);
  }
}
