package io.tocsin.history.board;

import io.tocsin.history.HistoryTable;
import io.tocsin.history.Tier;
import java.util.List;

/**
 * One board.
 *
 * @param uid name that links and updates go by; at most 40 characters (Grafana's limit)
 * @param about what it is for, in a sentence
 * @param tier how finely kept the windows are that it reads
 * @param last how far back it opens, such as {@code 6h}
 * @param lists the table whose resources the variable {@code resource} offers; null for the load's
 * @param kind of the resources that the variable {@code resource} offers; null for any
 * @param rows from top to bottom
 */
record Board(
    String uid,
    String title,
    String about,
    Tier tier,
    String last,
    HistoryTable lists,
    String kind,
    List<Row> rows) {

  /** Panels under a heading. */
  record Row(String title, List<Panel> panels) {}

  List<Panel> panels() {
    return rows.stream().flatMap(row -> row.panels().stream()).toList();
  }

  /** Variables that its panels ask by, in the order in which they are offered. */
  List<Who> variables() {
    return panels().stream()
        .map(Panel::who)
        .filter(who -> who != null && who.variable() != null)
        .distinct()
        .sorted()
        .toList();
  }

  /** The table whose resources the variable {@code resource} offers. */
  HistoryTable listed() {
    return lists == null ? HistoryTable.WINDOWS : lists;
  }
}
