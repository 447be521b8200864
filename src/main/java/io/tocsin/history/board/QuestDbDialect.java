package io.tocsin.history.board;

import io.tocsin.history.HistoryTable;
import io.tocsin.history.Tier;
import java.util.List;
import java.util.stream.Collectors;

/**
 * SQL with the macros of Grafana's PostgreSQL data source. {@code SAMPLE BY} is QuestDB's own
 * grouping by time. What a reader picks is quoted by Grafana's format {@code sqlstring}.
 */
final class QuestDbDialect implements Dialect {

  private static final String RANGE = "timestamp BETWEEN $__timeFrom() AND $__timeTo()";
  private static final String SAMPLED = " SAMPLE BY $__interval";

  @Override
  public Question line(Panel panel, Shown figure, Tier tier) {
    Who who = panel.who();
    String name = "";
    String value = quoted(figure.label());
    if (who.tag() != null) {
      boolean isOne = panel.figures().size() == 1;
      name =
          isOne
              ? ", " + who.tag() + " AS metric"
              : ", concat(" + who.tag() + ", ' " + figure.label() + "') AS metric";
      value = "value";
    }
    return series(
        "SELECT timestamp AS time%s, %s AS %s FROM %s WHERE %s AND %s%s"
            .formatted(
                name,
                folded(figure),
                value,
                figure.figure().table().at(tier),
                RANGE,
                condition(panel),
                SAMPLED),
        tier);
  }

  @Override
  public Question ranking(Panel panel, Tier tier) {
    List<Shown> shown = panel.shown();
    String columns =
        shown.stream()
            .map(one -> folded(one) + " AS " + quoted(one.label()))
            .collect(Collectors.joining(", "));
    return new Question(
        "SELECT %s, %s FROM %s WHERE %s AND %s AND %s IS NOT NULL GROUP BY %s ORDER BY 2 DESC LIMIT 10"
            .formatted(
                panel.who().tag(),
                columns,
                shown.get(0).figure().table().at(tier),
                RANGE,
                condition(panel),
                shown.get(0).column(),
                panel.who().tag()),
        true,
        "",
        tier);
  }

  @Override
  public Question events(Panel panel, String value) {
    Panel.Events events = panel.events();
    String what =
        events.value() == null
            ? "count()"
            : "avg("
                + events.value()
                + (events.since() == null ? "" : " - " + events.since())
                + ")";
    return series(
        "SELECT timestamp AS time, %s AS %s FROM %s WHERE %s%s%s"
            .formatted(
                what,
                quoted(value == null || events.without() ? panel.title() : value),
                events.table(),
                RANGE,
                value == null
                    ? ""
                    : " AND " + events.by() + (events.without() ? " != '" : " = '") + value + "'",
                SAMPLED),
        Tier.HOUR);
  }

  @Override
  public Question list(Panel panel) {
    return new Question(
        "SELECT timestamp AS time, %s FROM %s WHERE %s ORDER BY timestamp DESC LIMIT 100"
            .formatted(String.join(", ", panel.events().columns()), panel.events().table(), RANGE),
        true,
        "",
        Tier.HOUR);
  }

  @Override
  public Question choices(Board board, Who who) {
    String of =
        who == Who.SERVICES
            ? "service IS NOT NULL"
            : "members = 0" + (board.kind() == null ? "" : " AND kind = '" + board.kind() + "'");
    HistoryTable table = who == Who.SERVICES ? HistoryTable.WINDOWS : board.listed();
    return new Question(
        "SELECT DISTINCT %s FROM %s WHERE %s AND %s ORDER BY 1"
            .formatted(who.tag(), table.at(board.tier()), RANGE, of),
        true,
        "",
        board.tier());
  }

  private static Question series(String text, Tier tier) {
    return new Question(text, false, "", tier);
  }

  private static String folded(Shown figure) {
    String function =
        switch (figure.fold()) {
          case MEAN -> "avg";
          case MAX, P95 -> "max";
          case MIN -> "min";
          case COUNT -> "count";
        };
    return function + "(" + figure.column() + ")";
  }

  private static String condition(Panel panel) {
    String who =
        switch (panel.who()) {
          case RESOURCES -> "resource IN (${resource:sqlstring})";
          case SERVICES -> "members > 0 AND service IN (${service:sqlstring})";
          case KINDS -> "resource IN (${kind:sqlstring})";
          case FLEET -> "resource = 'rollup/fleet'";
          case ALL -> "members = 0";
          case EVERY_SERVICE -> "members > 0 AND service IS NOT NULL";
          case METERS -> "name IN ('" + String.join("', '", panel.meters()) + "')";
        };
    return who + (panel.kind() == null ? "" : " AND kind = '" + panel.kind() + "'");
  }

  private static String quoted(String label) {
    return "\"" + label + "\"";
  }
}
