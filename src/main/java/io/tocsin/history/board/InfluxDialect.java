package io.tocsin.history.board;

import io.tocsin.history.HistoryTable;
import io.tocsin.history.Tier;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * InfluxQL with the macros of Grafana's InfluxDB data source. Each tier has a data source of its
 * own, as each is a bucket of its own; InfluxDB 1.x, where it is a retention policy, is told so in
 * the text. What a reader picks is made part of a regular expression by Grafana's format {@code
 * regex}, which escapes slashes too.
 */
final class InfluxDialect implements Dialect {

  private static final String RANGE = "$timeFilter";
  private static final String SAMPLED = " GROUP BY time($__interval)";

  /** A field that every event of a table has: only fields can be counted. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "bottlenecks", "active",
          "incidents", "version",
          "incident_events", "kind",
          "heal_results", "attempt",
          "violations", "effect",
          "deliveries", "attempts");

  private final boolean isOne;

  /**
   * @param isOne whether for InfluxDB 1.x
   */
  InfluxDialect(boolean isOne) {
    this.isOne = isOne;
  }

  @Override
  public Question line(Panel panel, Shown figure, Tier tier) {
    String tag = panel.who().tag();
    String alias = figure.label();
    if (tag != null) {
      alias = "$tag_" + tag + (panel.figures().size() == 1 ? "" : " " + figure.label());
    }
    return new Question(
        "SELECT %s FROM %s WHERE %s AND %s%s%s fill(none)"
            .formatted(
                folded(figure),
                from(figure.figure().table().at(tier), figure.figure().table().tier(tier)),
                RANGE,
                condition(panel),
                SAMPLED,
                tag == null ? "" : ", \"" + tag + "\""),
        false,
        alias,
        figure.figure().table().tier(tier));
  }

  @Override
  public Question ranking(Panel panel, Tier tier) {
    String columns =
        panel.shown().stream()
            .map(one -> folded(one) + " AS \"" + one.label() + "\"")
            .collect(Collectors.joining(", "));
    HistoryTable table = panel.shown().get(0).figure().table();
    return new Question(
        "SELECT %s FROM %s WHERE %s AND %s GROUP BY \"%s\""
            .formatted(
                columns,
                from(table.at(tier), table.tier(tier)),
                RANGE,
                condition(panel),
                panel.who().tag()),
        true,
        "",
        table.tier(tier));
  }

  @Override
  public Question events(Panel panel, String value) {
    Panel.Events events = panel.events();
    String which =
        value == null
            ? ""
            : " AND \"%s\" %s '%s'".formatted(events.by(), events.without() ? "!=" : "=", value);
    String from = from(events.table(), Tier.HOUR);
    String text;
    if (events.value() == null) {
      text =
          "SELECT count(\"%s\") FROM %s WHERE %s%s"
              .formatted(ALWAYS.get(events.table()), from, RANGE, which);
    } else if (events.since() == null) {
      text = "SELECT mean(\"%s\") FROM %s WHERE %s%s".formatted(events.value(), from, RANGE, which);
    } else {
      text =
          "SELECT mean(\"took\") FROM (SELECT \"%s\" - \"%s\" AS \"took\" FROM %s WHERE %s%s) WHERE %s"
              .formatted(events.value(), events.since(), from, RANGE, which, RANGE);
    }
    return new Question(
        text + SAMPLED + " fill(none)",
        false,
        value == null || events.without() ? panel.title() : value,
        Tier.HOUR);
  }

  @Override
  public Question list(Panel panel) {
    String columns =
        panel.events().columns().stream()
            .map(column -> "\"" + column + "\"")
            .collect(Collectors.joining(", "));
    return new Question(
        "SELECT %s FROM %s WHERE %s ORDER BY time DESC LIMIT 100"
            .formatted(columns, from(panel.events().table(), Tier.HOUR), RANGE),
        true,
        "",
        Tier.HOUR);
  }

  @Override
  public Question choices(Board board, Who who) {
    HistoryTable table = who == Who.SERVICES ? HistoryTable.WINDOWS : board.listed();
    Tier tier = table.tier(board.tier());
    String of =
        who == Who.SERVICES
            ? ""
            : " WHERE \"resource\" !~ /^(rollup|service)\\//"
                + (board.kind() == null ? "" : " AND \"kind\" = '" + board.kind() + "'");
    return new Question(
        "SHOW TAG VALUES FROM %s WITH KEY = \"%s\"%s"
            .formatted(from(table.at(board.tier()), tier), who.tag(), of),
        true,
        "",
        tier);
  }

  private String from(String table, Tier tier) {
    return (isOne ? "\"" + Store.bucket(tier) + "\"." : "") + "\"" + table + "\"";
  }

  private static String folded(Shown figure) {
    String function =
        switch (figure.fold()) {
          case MEAN -> "mean";
          case MAX, P95 -> "max";
          case MIN -> "min";
          case COUNT -> "count";
        };
    return function + "(\"" + figure.column() + "\")";
  }

  private static String condition(Panel panel) {
    String who =
        switch (panel.who()) {
          case RESOURCES -> "\"resource\" =~ /^${resource:regex}$/";
          case SERVICES -> "\"members\" > 0 AND \"service\" =~ /^${service:regex}$/";
          case KINDS -> "\"resource\" =~ /^${kind:regex}$/";
          case FLEET -> "\"resource\" = 'rollup/fleet'";
          case ALL -> "\"members\" = 0";
          case EVERY_SERVICE -> "\"members\" > 0 AND \"service\" != ''";
          case METERS -> "\"name\" =~ /^(" + String.join("|", panel.meters()) + ")$/";
        };
    return who + (panel.kind() == null ? "" : " AND \"kind\" = '" + panel.kind() + "'");
  }
}
