package io.tocsin.streams.policy;

/** What became of an event. {@link #reason} is for people, and never interpreted. */
public sealed interface Decision {

  /** Why, in words. */
  String reason();

  /** A rule allows it. */
  record Allowed(String policy, String rule, String reason) implements Decision {}

  /** A rule denies it, or, where {@code policy} and {@code rule} are null, none decides. */
  record Denied(String policy, String rule, String reason) implements Decision {}

  /** Nothing was asked of it. */
  record NotJudged(Why why, String reason) implements Decision {}

  /** Why nothing was asked. */
  enum Why {
    /** Nobody did anything: a finding, a consequence, an alert. */
    NO_ACTION,
    /** No policy is enabled, and a fresh installation must not raise an alarm for everything. */
    NO_POLICY
  }
}
