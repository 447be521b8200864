package io.tocsin.capacity.choice;

import java.util.List;

/**
 * Where workloads belong, and how they get there.
 *
 * @param choices in the order of the fleet
 * @param moves the first wave first
 */
public record Placement(List<Choice> choices, List<Move> moves) {

  /** Weighs evidence by a matrix. */
  public static Placement of(List<Evidence> evidence, Matrix matrix) {
    Chooser chooser = new Chooser(matrix);
    List<Choice> choices = evidence.stream().map(chooser::choose).toList();
    return new Placement(choices, new MigrationPlanner(matrix).plan(choices));
  }
}
