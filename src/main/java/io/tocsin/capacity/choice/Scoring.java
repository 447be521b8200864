package io.tocsin.capacity.choice;

import io.tocsin.capacity.cost.Technology;
import java.util.Locale;

/**
 * Scores from measurements, each a straight line between "no trouble" and a limit. The limits are
 * ours and stand beside each.
 */
final class Scoring {

  /** Waiting or being held back for this share of the time is as bad as it counts. */
  private static final double WORST_WAIT = 10;

  /** Load whose p99 is this many times its median is as bursty as it counts. */
  private static final double BURSTIEST = 5;

  private static final double GIB = 1024.0 * 1024 * 1024;

  private Scoring() {}

  static Score of(Criterion criterion, double weight, Evidence evidence, Matrix matrix) {
    Matrix.Stated stated = matrix.scores().get(criterion);
    Score asStated =
        new Score(criterion, weight, stated.vm(), stated.container(), false, stated.why());
    return switch (criterion) {
      case PERFORMANCE -> performance(asStated, evidence);
      case SCALABILITY, START_TIME -> bursts(asStated, evidence);
      case COST_BENEFIT -> cost(asStated, evidence);
      case OVERHEAD -> overhead(asStated, evidence, matrix.guestGib());
      case SECURITY, MANAGEMENT, MATURITY, ISOLATION, PORTABILITY -> asStated;
    };
  }

  /** Only what it runs in now can be measured; that loses by how much it waits. */
  private static Score performance(Score stated, Evidence evidence) {
    boolean isVm = evidence.runsIn() == Technology.VM;
    double waits = isVm ? evidence.waitingPercent() : evidence.throttledPercent();
    if (Double.isNaN(waits)) {
      return stated;
    }
    double factor = 1 - Math.min(1, waits / WORST_WAIT);
    String what = isVm ? "waits for real CPUs" : "is held back by its CPU limit";
    return new Score(
        stated.criterion(),
        stated.weight(),
        isVm ? stated.vm() * factor : stated.vm(),
        isVm ? stated.container() : stated.container() * factor,
        true,
        text("%s %.1f %% of the time (p95)", what, waits));
  }

  /** A steady load scales anywhere; the burstier, the more it is worth to start more in seconds. */
  private static Score bursts(Score stated, Evidence evidence) {
    double bursts = evidence.burstiness();
    if (Double.isNaN(bursts)) {
      return stated;
    }
    double share = Math.min(1, Math.max(0, (bursts - 1) / (BURSTIEST - 1)));
    double steady = (stated.vm() + stated.container()) / 2;
    return new Score(
        stated.criterion(),
        stated.weight(),
        steady + share * (stated.vm() - steady),
        steady + share * (stated.container() - steady),
        true,
        text("CPU p99 is %.1f times the median", bursts));
  }

  /** The cheaper gets 1, the other the ratio. */
  private static Score cost(Score stated, Evidence evidence) {
    if (evidence.vmCost() == null || evidence.containerCost() == null) {
      return stated;
    }
    double vm = evidence.vmCost().value();
    double container = evidence.containerCost().value();
    double least = Math.min(vm, container);
    return new Score(
        stated.criterion(),
        stated.weight(),
        vm == 0 ? 1 : least / vm,
        container == 0 ? 1 : least / container,
        true,
        "VM " + evidence.vmCost().amount() + ", container " + evidence.containerCost().amount());
  }

  /** What a guest's own system takes of the memory that the workload needs. */
  private static Score overhead(Score stated, Evidence evidence, double guestGib) {
    double needs = evidence.memory().needs() / GIB;
    if (Double.isNaN(needs)) {
      return stated;
    }
    double share = Math.min(1, guestGib / needs);
    return new Score(
        stated.criterion(),
        stated.weight(),
        1 - share,
        stated.container(),
        true,
        text("a guest's own %.2f GiB are %.0f %% of what it needs", guestGib, 100 * share));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
