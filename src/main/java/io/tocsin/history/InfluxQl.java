package io.tocsin.history;

import java.time.Instant;
import java.util.stream.Collectors;

/**
 * A question in InfluxQL. Names are the catalogue's; what people write becomes a quoted literal, as
 * the client has no parameters for InfluxQL.
 *
 * @param text the statement
 */
record InfluxQl(String text) {

  /** The rows of one series in a span of time. */
  static InfluxQl read(
      HistoryQuery query, HistorySeries one, boolean isRaw, Instant from, Instant to) {
    StringBuilder text = new StringBuilder("SELECT ");
    text.append(columns(query, isRaw)).append(" FROM ").append(from(query.table(), query.tier()));
    text.append(where(query.table(), query.selector(), from, to));
    if (!query.selector().together()) {
      text.append(" AND \"resource\" = ").append(literal(one.resource()));
    }
    query
        .table()
        .part()
        .ifPresent(name -> text.append(" AND \"" + name + "\" = ").append(literal(one.part())));
    if (!isRaw) {
      text.append(" GROUP BY time(").append(query.step().toSeconds()).append("s) fill(none)");
    }
    return new InfluxQl(text.toString());
  }

  private static String columns(HistoryQuery query, boolean isRaw) {
    String function =
        switch (query.aggregate()) {
          case MEAN -> "mean";
          case MAX, P95 -> "max";
          case MIN -> "min";
        };
    return query.catalogued().stream()
        .map(
            figure -> {
              String column = "\"" + figure.column(query.aggregate()) + "\"";
              return (isRaw ? column : function + "(" + column + ")")
                  + " AS \""
                  + figure.name()
                  + "\"";
            })
        .collect(Collectors.joining(", "));
  }

  /** Who has points in a span of time, with the newest of each set of tags. */
  static InfluxQl series(
      HistoryTable table, Tier tier, Selector selector, Instant from, Instant to) {
    return series(
        table.hasMembers() ? "members" : "business_value", table, tier, selector, from, to);
  }

  /** Who has points for a question: where it is about one figure, those that have that. */
  static InfluxQl series(HistoryQuery query) {
    HistoryTable table = query.table();
    String any =
        query.figures().size() == 1
            ? query.catalogued().get(0).column(query.aggregate())
            : table.hasMembers() ? "members" : "business_value";
    return series(any, table, query.tier(), query.selector(), query.from(), query.to());
  }

  private static InfluxQl series(
      String any, HistoryTable table, Tier tier, Selector selector, Instant from, Instant to) {
    return new InfluxQl(
        "SELECT last(\"%s\") FROM %s%s GROUP BY \"resource\", \"kind\", \"service\"%s"
            .formatted(
                any,
                from(table, tier),
                where(table, selector, from, to),
                table.part().map(name -> ", \"" + name + "\"").orElse("")));
  }

  private static String from(HistoryTable table, Tier tier) {
    return "\"" + table.at(tier) + "\"";
  }

  private static String where(HistoryTable table, Selector selector, Instant from, Instant to) {
    String time =
        " WHERE time >= %dms AND time < %dms".formatted(from.toEpochMilli(), to.toEpochMilli());
    String own = table.hasMembers() ? " AND \"members\" = 0" : "";
    return time
        + switch (selector.by()) {
          case RESOURCE -> " AND \"resource\" = " + literal(selector.value());
          case SERVICE -> " AND \"service\" = " + literal(selector.value()) + own;
          case KIND -> " AND \"kind\" = " + literal(selector.value()) + own;
          case ALL -> own;
          // A business figure has no roll-ups.
          case ROLLUPS -> table.hasMembers() ? " AND \"members\" > 0" : " AND 1 = 0";
        };
  }

  /**
   * A text as a literal. A cleaned value has no backslash and no control character, so that the
   * quote is all there is to escape.
   */
  static String literal(String value) {
    return "'" + Line.clean(value).replace("'", "\\'") + "'";
  }
}
