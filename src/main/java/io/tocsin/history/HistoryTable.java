package io.tocsin.history;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What figures are kept in. */
public enum HistoryTable {
  /** Load and capacity of resources and roll-ups. */
  WINDOWS("windows", null, null),
  /** What went through; the part says whether it was seen at links and disks, or answered. */
  THROUGHPUTS("throughputs", "source", null),
  /** Latency, loss and errors; the part says where they came from. */
  LATENCIES("latencies", "source", null),
  /** What business systems report, as it comes; the part is the figure's name. */
  BUSINESS("business", "name", Tier.MINUTE),
  /** What the program counts of itself; the part is the meter's name and key. */
  METERS("meters", "meter", null),
  /** What resources cost, by the hour; the part is the currency. */
  COSTS("costs", "currency", Tier.HOUR);

  private final String label;
  private final String part;
  private final Tier only;

  HistoryTable(String label, String part, Tier only) {
    this.label = label;
    this.part = part;
    this.only = only;
  }

  /** Name, as people and the store write it. */
  public String label() {
    return label;
  }

  /** The tag that tells a resource's series from each other; empty where there is but one. */
  Optional<String> part() {
    return Optional.ofNullable(part);
  }

  /** Whether it is kept more and more coarsely; else it is one table. */
  boolean isTiered() {
    return only == null;
  }

  /** The tier that has what is asked for in steps of another: the same, or the only one. */
  public Tier tier(Tier asked) {
    return isTiered() ? asked : only;
  }

  /** All tiers that it has. */
  List<Tier> tiers() {
    return Arrays.stream(Tier.values()).filter(tier -> tier(tier) == tier).toList();
  }

  /** Whether its rows say how many resources a roll-up has; a business figure has no roll-ups. */
  boolean hasMembers() {
    return this != BUSINESS;
  }

  /** Name of the table at one of the tiers. */
  public String at(Tier tier) {
    return isTiered() ? label + tier.suffix() : label;
  }
}
