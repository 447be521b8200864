package io.tocsin.schemas.topic;

/** What the broker does with old records of a topic. */
public enum Cleanup {
  /** Records older than the retention go. */
  DELETE("delete"),
  /** The newest record of each key stays for ever: the topic is a table. */
  COMPACT("compact"),
  /** A table whose rows go when nobody has written them for the retention. */
  COMPACT_AND_DELETE("compact,delete");

  private final String policy;

  Cleanup(String policy) {
    this.policy = policy;
  }

  /** Value of the broker's {@code cleanup.policy}. */
  public String policy() {
    return policy;
  }
}
