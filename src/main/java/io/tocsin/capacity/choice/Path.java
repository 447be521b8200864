package io.tocsin.capacity.choice;

/** How to get from one to the other. */
public enum Path {
  /** A share of the load at a time. */
  GRADUAL("move a tenth of the load, then a third, then all; a week of figures between them"),
  /** Old and new side by side until the new one has proved itself. */
  PARALLEL("run both for a full week's rhythm, compare, then switch; keep the old one a month"),
  /** All at once. */
  AT_ONCE("move in one maintenance window; go back within it if a check fails"),
  /** Some parts in this way, some in that. */
  MIXED("move what keeps no data gradually; what keeps data runs in parallel until it is proved");

  private final String words;

  Path(String words) {
    this.words = words;
  }

  /** What to do. */
  public String words() {
    return words;
  }
}
