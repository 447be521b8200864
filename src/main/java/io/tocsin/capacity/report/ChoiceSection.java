package io.tocsin.capacity.report;

import io.tocsin.capacity.choice.Choice;
import io.tocsin.capacity.choice.Move;
import io.tocsin.capacity.choice.Risk;
import io.tocsin.capacity.choice.Score;
import io.tocsin.capacity.choice.Verdict;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Where workloads belong, and how to get them there. */
final class ChoiceSection {

  private static final int DETAILS = 5;

  private ChoiceSection() {}

  static void write(Page page, Assessment assessment) {
    page.element("h2", "VM, container or both");
    page.element(
        "p",
        "Scores from 0 to 1, by the weights of the decision matrix. Measured is the share of the "
            + "weights that rests on measurements rather than on the matrix.",
        "class",
        "soft");
    Table table =
        new Table(
            page, "Workload", "Runs in", "Belongs in", "#VM", "#Container", "#Measured", "Why");
    for (Choice choice : assessment.choices()) {
      table.row(
          choice.id(),
          choice.runsIn().word(),
          word(choice.verdict()),
          score(choice.vm()),
          score(choice.container()),
          Summary.percent(100 * choice.measured()),
          choice.reason());
    }
    table.end();
    assessment.choices().stream()
        .filter(choice -> !choice.scores().isEmpty())
        .limit(DETAILS)
        .forEach(choice -> scores(page, choice));
    if (!assessment.moves().isEmpty()) {
      moves(page, assessment.moves());
      risks(page, assessment.moves());
    }
  }

  private static void scores(Page page, Choice choice) {
    page.open("details").element("summary", "Scores of " + choice.id());
    Table table = new Table(page, "Criterion", "#Weight", "#VM", "#Container", "Basis", "Why");
    for (Score score : choice.scores()) {
      table.row(
          score.criterion().word(),
          Summary.percent(100 * score.weight()),
          score(score.vm()),
          score(score.container()),
          score.isMeasured() ? "measured" : "matrix",
          score.reason());
    }
    table.end();
    page.close();
  }

  private static void moves(Page page, List<Move> moves) {
    page.element("h2", "Migration plan");
    Table table = new Table(page, "Workload", "#Wave", "Path", "Why", "What to do");
    for (Move move : moves) {
      table.row(
          move.id(),
          Integer.toString(move.wave()),
          move.path().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          move.why(),
          move.path().words());
    }
    table.end();
  }

  /** Each risk once, whichever moves have it. */
  private static void risks(Page page, List<Move> moves) {
    page.element("h2", "Risk register");
    Set<Risk> all = new LinkedHashSet<>();
    moves.forEach(move -> all.addAll(move.risks()));
    Table table = new Table(page, "Risk", "Kind", "Likelihood", "Impact", "#Moves", "What to do");
    all.stream()
        .sorted(Comparator.comparingInt(Risk::weight).reversed())
        .forEach(
            risk ->
                table.row(
                    risk.what(),
                    lower(risk.category()),
                    lower(risk.likelihood()),
                    lower(risk.impact()),
                    Long.toString(
                        moves.stream().filter(move -> move.risks().contains(risk)).count()),
                    risk.mitigation()));
    table.end();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case VM -> "VM";
      case CONTAINER -> "container";
      case HYBRID -> "both";
      case INSUFFICIENT_DATA -> "insufficient data";
    };
  }

  private static String score(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
  }
}
