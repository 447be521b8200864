package io.tocsin.history.board;

import io.tocsin.history.Tier;

/** The questions of panels and variables in the language of one store, as Grafana sends them. */
interface Dialect {

  /** A line of a figure for each of whom the panel is about. */
  Question line(Panel panel, Shown figure, Tier tier);

  /** The ten highest by the panel's first figure. */
  Question ranking(Panel panel, Tier tier);

  /**
   * What happened, counted or averaged over time.
   *
   * @param value of the column that tells events apart; null for all of them
   */
  Question events(Panel panel, String value);

  /** What happened, one row each. */
  Question list(Panel panel);

  /** What the variable of {@code who} offers. */
  Question choices(Board board, Who who);

  /**
   * A question.
   *
   * @param text as Grafana gets it, with its macros
   * @param isTable whether the answer is a table; else it is lines over time
   * @param alias how InfluxDB's lines are named; empty where the text says so
   * @param tier whose data source is asked
   */
  record Question(String text, boolean isTable, String alias, Tier tier) {}
}
