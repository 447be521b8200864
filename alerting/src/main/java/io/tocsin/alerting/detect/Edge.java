package io.tocsin.alerting.detect;

/**
 * What is known of the calls of one caller. Plain fields, so that Flink keeps it without Kryo.
 *
 * @param caller its name
 * @param differences caller's less callee's latency, oldest first
 * @param latencies the caller's, oldest first
 * @param score of the latest difference; NaN while too little is known
 * @param before score of the one before that; NaN likewise
 * @param at when the latest was, milliseconds since 1970
 * @param step usual time between two, milliseconds; 0 while unknown
 */
public record Edge(
    String caller,
    Ring differences,
    Ring latencies,
    double score,
    double before,
    long at,
    long step) {

  static Edge of(String caller) {
    return new Edge(caller, Ring.empty(), Ring.empty(), Double.NaN, Double.NaN, 0, 0);
  }

  /** The score that the latest two reach both; NaN while there are not two. */
  double sustained() {
    return Math.min(score, before);
  }

  /** Whether a call at this time comes after others were missed. */
  boolean isGap(long now) {
    return step > 0 && now - at > step + step / 2;
  }

  /** The usual step once a call at this time is known: a gap at most doubles it. */
  long stepWith(long now) {
    return at == 0 ? 0 : step == 0 ? now - at : Math.min(now - at, 2 * step);
  }

  /** Whether it is not older than its calls usually are apart, with half a step of grace. */
  boolean isFresh(long now) {
    return now - at <= step + step / 2;
  }
}
