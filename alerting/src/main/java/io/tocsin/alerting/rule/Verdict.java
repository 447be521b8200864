package io.tocsin.alerting.rule;

/**
 * What a signal says of its resource, from good to bad. UNKNOWN says nothing either way: it opens
 * nothing and resolves nothing.
 */
public enum Verdict {
  GOOD,
  UNKNOWN,
  BAD;

  boolean isWorseThan(Verdict other) {
    return compareTo(other) > 0;
  }
}
