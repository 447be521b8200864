package io.tocsin.streams.rollup;

import io.tocsin.schemas.Tier;
import io.tocsin.streams.sketch.Sketch;
import io.tocsin.streams.window.Capacity;
import io.tocsin.streams.window.Flows;
import io.tocsin.streams.window.Metric;
import io.tocsin.streams.window.Part;
import java.util.Arrays;

/**
 * A window of many resources: the merge of their {@link Part}s, the same to the bit in whatever
 * order and grouping they come.
 *
 * <p>A window is a row of slots, as long as the resources' shortest window: one of 10 s has one,
 * one of 5 min has thirty. A resource gives one part for each slot, so their number is the number
 * of resources in it. Which of them they were is not kept, so the members of a longer window are
 * those of the slot that had the most, and its time is that of its slots, each as long as the
 * longest of its members'. Not thread-safe; changed in place.
 */
public final class RollupWindow {

  private static final double MICRO = 1e6;

  final long startsAt;
  final long sizeMs;
  final long slotMs;
  final int[] members;

  /** Longest time that a member's intervals cover, by slot. */
  final long[] longest;

  /**
   * Cores of the members, by slot, in millionths: a sum of whole numbers is the same in any order.
   */
  final long[] microCores;

  /** Memory of the members, by slot. */
  final long[] memoryBytes;

  final Sketch[] sketches;
  final FlowSum[] flows;
  long latestAt;
  int intervals;
  Tier tier = Tier.UNSPECIFIED;

  RollupWindow(long startsAt, long sizeMs, long slotMs, Sketch[] sketches, FlowSum[] flows) {
    if (slotMs <= 0 || sizeMs < slotMs || sizeMs % slotMs != 0) {
      throw new IllegalArgumentException(
          "a window of " + sizeMs + " ms cannot be made of ones of " + slotMs + " ms");
    }
    int slots = Math.toIntExact(sizeMs / slotMs);
    this.startsAt = startsAt;
    this.sizeMs = sizeMs;
    this.slotMs = slotMs;
    this.members = new int[slots];
    this.longest = new long[slots];
    this.microCores = new long[slots];
    this.memoryBytes = new long[slots];
    this.sketches = sketches;
    this.flows = flows;
    this.latestAt = startsAt;
  }

  /** A window without members. */
  public static RollupWindow empty(long startsAt, long sizeMs, long slotMs) {
    Sketch[] sketches = new Sketch[Metric.WINDOWED];
    Arrays.setAll(sketches, metric -> new Sketch());
    return new RollupWindow(startsAt, sizeMs, slotMs, sketches, noFlows());
  }

  /**
   * The window of one resource alone. It shares the part's sketches, and so must not be merged
   * into.
   */
  static RollupWindow of(Part part) {
    RollupWindow window =
        new RollupWindow(part.startsAt(), part.sizeMs(), part.sizeMs(), part.sketches(), noFlows());
    window.latestAt = part.latestAt();
    window.intervals = part.intervals();
    window.tier = part.subject().tier();
    window.members[0] = 1;
    window.longest[0] = part.flows().coveredMs();
    Capacity capacity = part.capacity();
    window.microCores[0] = capacity.hasCores() ? Math.round(capacity.cores() * MICRO) : 0;
    window.memoryBytes[0] = Math.max(0, capacity.memoryBytes());
    for (Flows.Kind kind : Flows.Kind.values()) {
      window.flows[kind.ordinal()].add(
          part.flows().total(kind), part.flows().highest(kind), part.flows().coveredMs());
    }
    return window;
  }

  private static FlowSum[] noFlows() {
    FlowSum[] flows = new FlowSum[Flows.Kind.COUNT];
    Arrays.setAll(flows, kind -> new FlowSum());
    return flows;
  }

  /** Inclusive; event time, ms. */
  public long startsAt() {
    return startsAt;
  }

  /** Exclusive; event time, ms. */
  public long endsAt() {
    return startsAt + sizeMs;
  }

  /** Its length. */
  public long sizeMs() {
    return sizeMs;
  }

  /** Event time of the newest sample in it, in ms. */
  public long latestAt() {
    return latestAt;
  }

  /** How many resources it is made of: of the slot that has the most. */
  public int members() {
    return Arrays.stream(members).max().orElse(0);
  }

  /** What its members have together: of the slot in which that was most. */
  Capacity capacity() {
    long cores = Arrays.stream(microCores).max().orElse(0);
    long memory = Arrays.stream(memoryBytes).max().orElse(0);
    return new Capacity(
        cores == 0 ? Double.NaN : cores / MICRO, memory == 0 ? -1 : memory, Double.NaN, null);
  }

  /**
   * Time covered, in ms: of each slot the longest of its members', together no longer than it is.
   */
  long coveredMs() {
    return members.length == 1 ? longest[0] : Math.min(sizeMs, Arrays.stream(longest).sum());
  }

  /**
   * Adds all of another one that lies in it and has slots of the same length; that one is left
   * alone.
   *
   * @throws IllegalArgumentException if it does not
   */
  public void merge(RollupWindow other) {
    if (other.slotMs != slotMs || other.startsAt < startsAt || other.endsAt() > endsAt()) {
      throw new IllegalArgumentException(
          "what is from " + other.startsAt + " to " + other.endsAt() + " is not within " + this);
    }
    int first = (int) ((other.startsAt - startsAt) / slotMs);
    for (int slot = 0; slot < other.members.length; slot++) {
      members[first + slot] += other.members[slot];
      microCores[first + slot] += other.microCores[slot];
      memoryBytes[first + slot] += other.memoryBytes[slot];
      longest[first + slot] = Math.max(longest[first + slot], other.longest[slot]);
    }
    for (int metric = 0; metric < sketches.length; metric++) {
      sketches[metric].merge(other.sketches[metric]);
    }
    for (int kind = 0; kind < flows.length; kind++) {
      flows[kind].merge(other.flows[kind]);
    }
    latestAt = Math.max(latestAt, other.latestAt);
    intervals += other.intervals;
    // CORE comes first: what one core resource belongs to is core.
    tier = tier.compareTo(other.tier) <= 0 ? tier : other.tier;
  }

  @Override
  public String toString() {
    return "the roll-up from " + startsAt + " to " + endsAt() + " in slots of " + slotMs + " ms";
  }
}
