package io.tocsin.capacity.choice;

import io.tocsin.capacity.rightsizing.Advice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says where workloads belong, by a matrix and what was measured. */
public final class Chooser {

  /** Strong isolation makes what isolates count this many times as much; ours. */
  private static final double STRONG = 3;

  private final Matrix matrix;

  public Chooser(Matrix matrix) {
    this.matrix = matrix;
  }

  /** Decides on one. */
  public Choice choose(Evidence evidence) {
    for (Advice advice : List.of(evidence.cpu(), evidence.memory())) {
      if (advice.isRefused()) {
        return choice(evidence, Verdict.INSUFFICIENT_DATA, List.of(), advice.reason());
      }
    }
    Workload workload = matrix.workload(evidence.id(), evidence.service());
    List<Score> scores = scores(evidence, workload);
    double vm = scores.stream().mapToDouble(score -> score.weight() * score.vm()).sum();
    double container =
        scores.stream().mapToDouble(score -> score.weight() * score.container()).sum();
    double margin = matrix.margin();
    String totals =
        String.format(Locale.ROOT, "VM %.2f, container %.2f, margin %.2f", vm, container, margin);
    if (workload.needsOwnKernel()) {
      return choice(
          evidence, Verdict.VM, scores, "it needs a kernel of its own; otherwise " + totals);
    }
    if (Math.abs(vm - container) < margin) {
      return choice(evidence, Verdict.HYBRID, scores, "neither is clearly better: " + totals);
    }
    if (container > vm && workload.needsStrongIsolation()) {
      return choice(
          evidence,
          Verdict.HYBRID,
          scores,
          "containers are better, and it needs strong isolation: in VMs of its own; " + totals);
    }
    return choice(evidence, vm > container ? Verdict.VM : Verdict.CONTAINER, scores, totals);
  }

  private List<Score> scores(Evidence evidence, Workload workload) {
    double all = 0;
    for (Criterion criterion : Criterion.values()) {
      all += weight(criterion, workload);
    }
    List<Score> scores = new ArrayList<>();
    for (Criterion criterion : Criterion.values()) {
      double share = weight(criterion, workload) / all;
      scores.add(Scoring.of(criterion, share, evidence, matrix));
    }
    return scores;
  }

  private double weight(Criterion criterion, Workload workload) {
    boolean isolates = criterion == Criterion.ISOLATION || criterion == Criterion.SECURITY;
    double stated = matrix.weights().get(criterion);
    return isolates && workload.needsStrongIsolation() ? STRONG * stated : stated;
  }

  private static Choice choice(
      Evidence evidence, Verdict verdict, List<Score> scores, String reason) {
    boolean isKnown = !scores.isEmpty();
    return new Choice(
        evidence.id(),
        evidence.service(),
        evidence.runsIn(),
        verdict,
        isKnown ? scores.stream().mapToDouble(s -> s.weight() * s.vm()).sum() : Double.NaN,
        isKnown ? scores.stream().mapToDouble(s -> s.weight() * s.container()).sum() : Double.NaN,
        scores,
        scores.stream().filter(Score::isMeasured).mapToDouble(Score::weight).sum(),
        reason);
  }
}
