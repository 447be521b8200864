package io.tocsin.alerting.graph;

/**
 * How one resource hangs together with another.
 *
 * @param kind seen from the first of the two
 * @param sentence the same in words, to follow the first one's id: {@code runs on host/a}
 */
public record Relation(Kind kind, String sentence) {

  /** What the first resource is to the second. */
  public enum Kind {
    /** They are one and the same. */
    SAME,
    /** It runs on the second, or on something that does. */
    RUNS_ON,
    /** The second runs on it, or on something that does. */
    HOSTS,
    /** Both belong to one service. */
    SAME_SERVICE,
    /** A part of its service runs on the second. */
    SERVICE_RUNS_ON,
    /** A part of the second's service runs on it. */
    HOSTS_SERVICE_OF,
    /** Its service depends on the second's, perhaps by way of others. */
    DEPENDS_ON,
    /** The second's service depends on its own, perhaps by way of others. */
    DEPENDED_ON_BY
  }
}
