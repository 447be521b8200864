package io.tocsin.history.board;

import io.tocsin.history.Aggregate;
import io.tocsin.history.Figures;
import io.tocsin.history.HistoryFigure;
import java.util.Locale;

/**
 * A figure and how the windows of one step on the screen become one value.
 *
 * @param figure of the catalogue
 * @param fold mean of means, highest of highest, lowest; the highest 95th percentile; or a count
 */
record Shown(HistoryFigure figure, Fold fold) {

  /** How windows become one value. */
  enum Fold {
    MEAN(Aggregate.MEAN),
    MAX(Aggregate.MAX),
    MIN(Aggregate.MIN),
    P95(Aggregate.P95),
    COUNT(Aggregate.MEAN);

    private final Aggregate of;

    Fold(Aggregate of) {
      this.of = of;
    }
  }

  /**
   * @param text name and fold, such as {@code cpu_percent max}
   * @throws IllegalArgumentException if there is no such figure or fold
   */
  static Shown of(String text) {
    String[] words = text.split(" ");
    if (words.length != 2) {
      throw new IllegalArgumentException(
          "'" + text + "' is no figure with mean, max, min, p95 or count");
    }
    return new Shown(
        Figures.named(words[0])
            .orElseThrow(() -> new IllegalArgumentException("no figure is called " + words[0])),
        Fold.valueOf(words[1].toUpperCase(Locale.ROOT)));
  }

  String column() {
    return figure.column(fold.of);
  }

  /** How a reader sees it among others. */
  String label() {
    String statistic =
        switch (fold) {
          case MEAN -> "";
          case MAX -> " highest";
          case MIN -> " lowest";
          case P95 -> " p95";
          case COUNT -> " windows";
        };
    return figure
            .name()
            .replaceAll("_(percent|ms|bytes_per_second|per_second)$", "")
            .replace('_', ' ')
        + statistic;
  }

  /** Grafana's id for a unit of the catalogue. */
  static String unit(String unit) {
    return switch (unit) {
      case "%" -> "percent";
      case "By/s" -> "Bps";
      case "By" -> "bytes";
      case "1/s" -> "ops";
      case "ms" -> "ms";
      default -> "short";
    };
  }
}
