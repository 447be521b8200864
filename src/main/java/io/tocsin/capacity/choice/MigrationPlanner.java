package io.tocsin.capacity.choice;

import io.tocsin.capacity.choice.Risk.Category;
import io.tocsin.capacity.choice.Risk.Degree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Plans the moves that choices ask for. */
public final class MigrationPlanner {

  /** Moves of one wave; ours: what a team can watch in a week. */
  private static final int WAVE = 5;

  private final Matrix matrix;

  public MigrationPlanner(Matrix matrix) {
    this.matrix = matrix;
  }

  /** The moves, in the order of their waves; empty if all is where it belongs. */
  public List<Move> plan(List<Choice> choices) {
    List<Move> moves = new ArrayList<>();
    int count = (int) choices.stream().filter(Choice::isMove).count();
    for (Choice choice : choices) {
      if (choice.isMove()) {
        moves.add(move(choice, matrix.workload(choice.id(), choice.service()), count));
      }
    }
    moves.sort(Comparator.comparingInt(Move::risk).thenComparing(Move::id));
    List<Move> inWaves = new ArrayList<>();
    for (int i = 0; i < moves.size(); i++) {
      Move move = moves.get(i);
      inWaves.add(new Move(move.id(), i / WAVE + 1, move.path(), move.why(), move.risks()));
    }
    return inWaves;
  }

  private static Move move(Choice choice, Workload workload, int count) {
    List<Risk> risks = new ArrayList<>(risks(choice, workload, count));
    risks.sort(Comparator.comparingInt(Risk::weight).reversed().thenComparing(Risk::category));
    if (choice.verdict() == Verdict.HYBRID) {
      return new Move(choice.id(), 0, Path.MIXED, "it ends up in containers within VMs", risks);
    }
    if (workload.isCritical()) {
      return new Move(choice.id(), 0, Path.PARALLEL, "nothing runs without it", risks);
    }
    return workload.isStateful()
        ? new Move(choice.id(), 0, Path.GRADUAL, "it keeps data", risks)
        : new Move(
            choice.id(),
            0,
            Path.AT_ONCE,
            "it keeps no data and the system lives without it",
            risks);
  }

  private static List<Risk> risks(Choice choice, Workload workload, int count) {
    boolean toContainers = choice.verdict() != Verdict.VM;
    double lead = Math.abs(choice.vm() - choice.container());
    return List.of(
        new Risk(
            Category.TECHNICAL,
            workload.isStateful() ? "data is lost or left behind" : "it behaves otherwise there",
            workload.isStateful() ? Degree.MEDIUM : Degree.LOW,
            workload.isStateful() ? Degree.HIGH : Degree.MEDIUM,
            workload.isStateful()
                ? "restore a backup there before the move, and compare"
                : "replay a day's load there before the move"),
        new Risk(
            Category.BUSINESS,
            "customers notice the move",
            workload.isCritical() ? Degree.MEDIUM : Degree.LOW,
            workload.isCritical() ? Degree.HIGH : Degree.LOW,
            "move outside the peak that the forecast shows; agree on the way back beforehand"),
        new Risk(
            Category.BUSINESS,
            "it does not pay",
            lead < 0.1 ? Degree.MEDIUM : Degree.LOW,
            Degree.MEDIUM,
            "work out the ROI with your own price book first"),
        new Risk(
            Category.STAFF,
            "those who run it do not know how",
            toContainers && !workload.staffKnowsContainers() ? Degree.HIGH : Degree.LOW,
            Degree.MEDIUM,
            "train before the first wave, and begin with what matters least"),
        new Risk(
            Category.TIME,
            "it takes longer than planned",
            count > 2 * WAVE ? Degree.HIGH : Degree.MEDIUM,
            Degree.LOW,
            "plan again after the first wave, with its real time"));
  }
}
