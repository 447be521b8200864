package io.tocsin.history;

import java.util.Optional;

/** What figures are kept in. */
public enum HistoryTable {
  /** Load and capacity of resources and roll-ups. */
  WINDOWS("windows", null),
  /** What went through; the part says whether it was seen at links and disks, or answered. */
  THROUGHPUTS("throughputs", "source"),
  /** Latency, loss and errors; the part says where they came from. */
  LATENCIES("latencies", "source"),
  /** What business systems report; the part is the figure's name. */
  BUSINESS("business", "name");

  private final String label;
  private final String part;

  HistoryTable(String label, String part) {
    this.label = label;
    this.part = part;
  }

  /** Name, as people and the store write it. */
  public String label() {
    return label;
  }

  /** The tag that tells a resource's series from each other; empty where there is but one. */
  Optional<String> part() {
    return Optional.ofNullable(part);
  }

  /** Name of the table at one of the tiers. Business figures have one: they come as they come. */
  public String at(Tier tier) {
    return this == BUSINESS ? label : label + tier.suffix();
  }
}
