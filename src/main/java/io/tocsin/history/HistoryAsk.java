package io.tocsin.history;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question to history as people write it, on the command line or in a URL: texts by name. All
 * that is wrong with it is said at once.
 */
public final class HistoryAsk {

  /** What may be said. */
  public static final Set<String> KEYS =
      Set.of(
          "resource",
          "service",
          "kind",
          "all",
          "together",
          "figure",
          "part",
          "last",
          "from",
          "to",
          "step",
          "aggregate",
          "limit");

  private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,8})(s|m|h|d)");
  private static final Duration USUAL_RANGE = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final Map<String, String> texts;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param texts what was said, by name
   */
  public HistoryAsk(Map<String, String> texts) {
    this.texts = Map.copyOf(texts);
  }

  /**
   * The question.
   *
   * @param now where {@code last} ends
   * @param rows for a step that is not said: about how many rows each series shall have
   * @param limit for a limit that is not said, and the highest that may be
   * @throws QueryProblems with all that is wrong
   */
  public HistoryQuery query(Instant now, int rows, int limit) {
    Set<String> unknown = new TreeSet<>(texts.keySet());
    unknown.removeAll(KEYS);
    unknown.forEach(
        key ->
            problems.add(
                QueryWords.plain(key) + ": is no parameter; there are " + new TreeSet<>(KEYS)));
    Selector selector = selector();
    Instant to = time("to").orElse(now);
    Instant from = from(to);
    Duration step = span("step").orElseGet(() -> usualStep(from, to, rows));
    Aggregate aggregate = aggregate();
    int most = most(limit);
    List<String> figures =
        Arrays.stream(texts.getOrDefault("figure", "").split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    try {
      HistoryQuery query =
          new HistoryQuery(
              figures,
              selector,
              Optional.ofNullable(texts.get("part")),
              from,
              to,
              step,
              aggregate,
              most);
      kept(query, now);
      if (problems.isEmpty()) {
        return query;
      }
    } catch (QueryProblems more) {
      problems.addAll(more.lines());
    }
    throw new QueryProblems(problems);
  }

  private Selector selector() {
    List<Selector> said = new ArrayList<>();
    Optional.ofNullable(texts.get("resource")).map(Selector::resource).ifPresent(said::add);
    Optional.ofNullable(texts.get("service")).map(Selector::service).ifPresent(said::add);
    Optional.ofNullable(texts.get("kind"))
        .map(kind -> Selector.kind(kind.toUpperCase(Locale.ROOT)))
        .ifPresent(said::add);
    if (isSaid("all")) {
      said.add(Selector.all());
    }
    if (said.size() != 1) {
      problems.add("say one of resource, service, kind and all: whose history is asked for");
    }
    Selector selector = said.isEmpty() ? Selector.all() : said.get(0);
    return isSaid("together") ? selector.asOne() : selector;
  }

  private boolean isSaid(String flag) {
    String text = texts.getOrDefault(flag, "false");
    if (!Set.of("", "true", "false").contains(text)) {
      problems.add(flag + ": is true or false");
    }
    return !text.equals("false");
  }

  private Instant from(Instant to) {
    if (texts.containsKey("last") && (texts.containsKey("from") || texts.containsKey("to"))) {
      problems.add("last: say either last, or from and to");
    }
    Duration range = span("last").orElse(USUAL_RANGE);
    return time("from").orElseGet(() -> to.minus(range));
  }

  private Optional<Instant> time(String key) {
    String text = texts.get(key);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException bad) {
      problems.add(
          key + ": " + QueryWords.plain(text) + " is no time; write it as 2026-01-31T12:00:00Z");
      return Optional.empty();
    }
  }

  private Optional<Duration> span(String key) {
    String text = texts.get(key);
    if (text == null) {
      return Optional.empty();
    }
    Matcher match = SPAN.matcher(text);
    if (match.matches()) {
      long number = Long.parseLong(match.group(1));
      Duration span =
          switch (match.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          };
      if (span.compareTo(LONGEST) <= 0) {
        return Optional.of(span);
      }
    }
    problems.add(
        key
            + ": "
            + QueryWords.plain(text)
            + " is no span of time; write it as 90s, 30m, 24h or 7d");
    return Optional.empty();
  }

  /** Fine enough to look at, and no finer than what is still kept. */
  private static Duration usualStep(Instant from, Instant to, int rows) {
    return from.isBefore(to) ? QueryWords.stepFor(from, to, rows) : Tier.TEN_SECONDS.size();
  }

  private void kept(HistoryQuery query, Instant now) {
    Duration age = Duration.between(query.from(), now);
    Tier tier = query.tier();
    if (query.table().isTiered()
        && tier != Tier.HOUR
        && age.compareTo(tier.retention().plusDays(1)) > 0) {
      Tier next = age.compareTo(Tier.MINUTE.retention()) > 0 ? Tier.HOUR : Tier.MINUTE;
      problems.add(
          "step: windows of %s are kept for %d days; use a step of %s for what was before"
              .formatted(
                  QueryWords.span(tier.size()),
                  tier.retention().toDays(),
                  QueryWords.span(next.size())));
    }
  }

  private Aggregate aggregate() {
    String text = texts.getOrDefault("aggregate", "mean");
    return Arrays.stream(Aggregate.values())
        .filter(each -> each.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseGet(
            () -> {
              problems.add(
                  "aggregate: " + QueryWords.plain(text) + " is none of mean, max, min and p95");
              return Aggregate.MEAN;
            });
  }

  private int most(int limit) {
    String text = texts.get("limit");
    if (text == null) {
      return limit;
    }
    if (!text.matches("[0-9]{1,9}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > limit) {
      problems.add("limit: %s is not between 1 and %,d".formatted(QueryWords.plain(text), limit));
      return limit;
    }
    return Integer.parseInt(text);
  }
}
