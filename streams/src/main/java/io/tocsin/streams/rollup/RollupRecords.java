package io.tocsin.streams.rollup;

import io.tocsin.schemas.Flow;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Tier;
import io.tocsin.schemas.Window;
import io.tocsin.streams.window.Flows;
import io.tocsin.streams.window.Subject;
import io.tocsin.streams.window.ThroughputRecord;
import io.tocsin.streams.window.WindowRecord;

/** The records that say what a roll-up amounts to. */
public final class RollupRecords {

  private final Group group;
  private final RollupWindow window;
  private final boolean isFinal;

  /** Records of a group's window. */
  public RollupRecords(Group group, RollupWindow window, boolean isFinal) {
    this.group = group;
    this.window = window;
    this.isFinal = isFinal;
  }

  private String service() {
    return group instanceof Group.Service service ? service.name() : null;
  }

  /** That of a service is the highest of its members'; others have none. */
  private Tier tier() {
    return group instanceof Group.Service ? window.tier : Tier.UNSPECIFIED;
  }

  private Subject subject() {
    return new Subject(group.id(), group.kind(), service(), tier());
  }

  /** Its statistics. The efficiency is that of the members' means together. */
  public Window window() {
    return WindowRecord.of(
        subject(),
        window.startsAt,
        window.sizeMs,
        window.latestAt,
        isFinal,
        window.intervals,
        window.members(),
        window.capacity(),
        metric -> window.sketches[metric.ordinal()].figure());
  }

  /**
   * What went through. Totals add up. The mean over one slot is the sum of the members' means; over
   * several it is the total by the time covered, as a member that was replaced half-way by another
   * must not count twice.
   */
  public ThroughputWindow throughput() {
    return ThroughputRecord.of(
        subject(),
        window.startsAt,
        window.sizeMs,
        window.latestAt,
        isFinal,
        window.members(),
        window.coveredMs(),
        this::flow);
  }

  private Flow flow(Flows.Kind kind) {
    FlowSum sum = window.flows[kind.ordinal()];
    return window.members.length == 1 ? sum.sumOfMeans() : sum.over(window.coveredMs());
  }
}
