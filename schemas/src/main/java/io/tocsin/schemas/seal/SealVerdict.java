package io.tocsin.schemas.seal;

/** Whether a record is the word of the agent that it names. */
public sealed interface SealVerdict {

  /** What can be wrong, each the value of a counter's tag. */
  enum Reason {
    /** There is no seal. */
    MISSING("seal-missing"),
    /** The seal is not that of the agent that it names. */
    FALSE("seal-false"),
    /** The seal is right, and the record says that another agent measured. */
    OTHER_AGENT("seal-of-another"),
    /** The seal is right, and the record speaks of what this agent does not look after. */
    NOT_ITS_OWN("seal-not-its-own");

    private final String tag;

    Reason(String tag) {
      this.tag = tag;
    }

    /** As it stands in meters. */
    public String tag() {
      return tag;
    }
  }

  /** It is its word. */
  record Good(String agent) implements SealVerdict {}

  /**
   * It is not, or nobody can know.
   *
   * @param why for people; names the agent and never a seal that would have been right
   */
  record Refused(Reason reason, String why) implements SealVerdict {}
}
