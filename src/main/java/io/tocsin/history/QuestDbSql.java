package io.tocsin.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Collectors;

/**
 * A statement and what it is asked with.
 *
 * @param text of the catalogue's words alone
 * @param parameters texts and times, by place
 */
record QuestDbSql(String text, List<Object> parameters) {

  static Calendar utc() {
    return Calendar.getInstance(TimeZone.getTimeZone("UTC"));
  }

  /**
   * The rows of a question.
   *
   * @param isRaw whether windows are wanted as they are, steps being made of them here
   */
  static QuestDbSql read(HistoryQuery query, boolean isRaw) {
    List<Object> parameters = new ArrayList<>();
    String where = where(query.selector(), query.from(), query.to(), parameters, query.table());
    if (query.part().isPresent() && query.table().part().isPresent()) {
      where += " AND " + query.table().part().get() + " = ?";
      parameters.add(Line.clean(query.part().get()));
    }
    String who = query.selector().together() ? "" : ", resource";
    who += query.table().part().map(part -> ", " + part).orElse("");
    String order = (who + ", at").substring(2);
    String text =
        "SELECT cast(at AS LONG) / 1000%s, %s FROM (SELECT %s AS at%s, %s FROM %s WHERE %s%s) WHERE %s ORDER BY %s LIMIT %d"
            .formatted(
                who,
                names(query),
                isRaw ? "timestamp" : floor(query),
                who,
                columns(query, isRaw),
                query.table().at(query.tier()),
                where,
                isRaw ? "" : " GROUP BY at" + who,
                anyKnown(query),
                order,
                isRaw ? Long.MAX_VALUE : query.limit() + 1L);
    return new QuestDbSql(text, parameters);
  }

  private static String floor(HistoryQuery query) {
    return "timestamp_floor('" + query.step().toSeconds() + "s', timestamp)";
  }

  private static String names(HistoryQuery query) {
    return String.join(", ", query.figures());
  }

  /** A row of which nothing was measured is none: a part of a resource has figures of its own. */
  private static String anyKnown(HistoryQuery query) {
    return query.figures().stream()
        .map(name -> name + " IS NOT NULL")
        .collect(Collectors.joining(" OR "));
  }

  private static String columns(HistoryQuery query, boolean isRaw) {
    String function =
        switch (query.aggregate()) {
          case MEAN -> "avg";
          case MAX, P95 -> "max";
          case MIN -> "min";
        };
    return query.catalogued().stream()
        .map(
            figure -> {
              String column = figure.column(query.aggregate());
              return (isRaw ? column : function + "(" + column + ")") + " AS " + figure.name();
            })
        .collect(Collectors.joining(", "));
  }

  /** Who has rows. */
  static QuestDbSql series(
      HistoryTable table, Tier tier, Selector selector, Instant from, Instant to) {
    List<Object> parameters = new ArrayList<>();
    String where = where(selector, from, to, parameters, table);
    String part = table.part().map(name -> ", " + name).orElse("");
    return new QuestDbSql(
        "SELECT resource, last(kind), last(service)%s FROM %s WHERE %s GROUP BY resource%s ORDER BY resource%s"
            .formatted(part, table.at(tier), where, part, part),
        parameters);
  }

  private static String where(
      Selector selector, Instant from, Instant to, List<Object> parameters, HistoryTable table) {
    parameters.add(from);
    parameters.add(to);
    String time = "timestamp >= ? AND timestamp < ?";
    String own = table.hasMembers() ? " AND members = 0" : "";
    if (selector.by() == Selector.By.ROLLUPS) {
      return time + (table.hasMembers() ? " AND members > 0" : " AND 1 = 0");
    }
    if (selector.by() == Selector.By.ALL) {
      return time + own;
    }
    parameters.add(Line.clean(selector.value()));
    return switch (selector.by()) {
      case RESOURCE -> time + " AND resource = ?";
      case SERVICE -> time + " AND service = ?" + own;
      case KIND -> time + " AND kind = ?" + own;
      case ALL, ROLLUPS -> throw new IllegalStateException("names nothing");
    };
  }
}
