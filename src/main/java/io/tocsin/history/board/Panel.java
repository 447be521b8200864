package io.tocsin.history.board;

import java.util.ArrayList;
import java.util.List;

/**
 * One panel: figures of the catalogue, or what happened.
 *
 * @param about what it shows and what to make of it
 * @param show how
 * @param who whose figures; null for what happened
 * @param kind the only kind of resources shown; null for any
 * @param unit Grafana's id of the unit; null to take the figures' own
 * @param width in columns of the 24 that a board has; null for a third
 * @param figures such as {@code cpu_percent max}; empty for what happened
 * @param events what happened; null for figures
 * @param meters names of the program's own meters; empty for other figures
 */
record Panel(
    String title,
    String about,
    Show show,
    Who who,
    String kind,
    String unit,
    Integer width,
    List<String> figures,
    Events events,
    List<String> meters) {

  private static final int USUAL_WIDTH = 8;

  /** How a panel shows what it has. */
  enum Show {
    /** Lines over time. */
    LINES,
    /** Stacked bars over time. */
    BARS,
    /** One number: the newest of figures, the sum of what happened. */
    NUMBER,
    /** The ten highest. */
    RANKING,
    /** What happened, newest first. */
    LIST
  }

  /**
   * What happened.
   *
   * @param table of events
   * @param by the column that tells them apart; null to take all together
   * @param values of that column, one line each
   * @param without whether those that have the value are left out, not taken
   * @param value column whose mean is shown; null to count them
   * @param since column that is taken from {@code value} first; null for none
   * @param columns of a list
   */
  record Events(
      String table,
      String by,
      List<String> values,
      boolean without,
      String value,
      String since,
      List<String> columns) {

    Events {
      values = values == null ? List.of() : values;
      columns = columns == null ? List.of() : columns;
    }
  }

  Panel {
    figures = figures == null ? List.of() : figures;
    meters = meters == null ? List.of() : meters;
  }

  int columns() {
    return width == null ? USUAL_WIDTH : width;
  }

  /** Its figures, looked up. */
  List<Shown> shown() {
    return figures.stream().map(Shown::of).toList();
  }

  /** Grafana's id of its unit. */
  String grafanaUnit() {
    if (unit != null) {
      return unit;
    }
    return figures.isEmpty() ? "short" : Shown.unit(shown().get(0).figure().unit());
  }

  /** What is wrong with it, in words; empty if nothing is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (figures.isEmpty() == (events == null)) {
      problems.add("'" + title + "' needs either figures or events");
    }
    if (figures.isEmpty() != (who == null)) {
      problems.add("'" + title + "' needs 'who' with figures, and only with them");
    }
    if (meters.isEmpty() == (who == Who.METERS)) {
      problems.add("'" + title + "' needs 'meters' with 'who: METERS', and only with it");
    }
    if (unit == null && shown().stream().map(one -> one.figure().unit()).distinct().count() > 1) {
      problems.add("'" + title + "' has figures of different units");
    }
    if (show == Show.RANKING
        && shown().stream().map(one -> one.figure().table()).distinct().count() != 1) {
      problems.add("'" + title + "' ranks by figures of different tables");
    }
    return problems;
  }
}
