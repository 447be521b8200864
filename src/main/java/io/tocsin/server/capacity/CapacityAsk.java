package io.tocsin.server.capacity;

import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.capacity.Figure;
import io.tocsin.capacity.forecast.ForecastSettings;
import io.tocsin.capacity.rightsizing.RightsizingSettings;
import io.tocsin.history.Tier;
import io.tocsin.server.http.RequestProblem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question about capacity as it stands in a URL: texts by the names of the command line's
 * options. What is wrong with it is collected, to be said at once by {@link #done}.
 */
final class CapacityAsk {

  private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})(h|d)");
  private static final Duration USUAL = Duration.ofDays(30);
  private static final int LONGEST_WORD = 200;

  private final Map<String, String> texts;
  private final List<String> problems = new ArrayList<>();

  /**
   * A question.
   *
   * @param texts what was said, by name
   * @param known what may be said
   */
  CapacityAsk(Map<String, String> texts, Set<String> known) {
    this.texts = Map.copyOf(texts);
    Set<String> unknown = new TreeSet<>(texts.keySet());
    unknown.removeAll(known);
    unknown.forEach(
        name -> problem(plain(name), "is no parameter; there are " + new TreeSet<>(known)));
  }

  /** Ends the question. */
  void done() throws RequestProblem {
    if (!problems.isEmpty()) {
      throw new RequestProblem(problems);
    }
  }

  void problem(String name, String what) {
    problems.add(name + ": " + what);
  }

  private static String plain(String text) {
    return PlainText.head(text, LONGEST_WORD);
  }

  boolean has(String name) {
    return texts.containsKey(name);
  }

  /** How much of history to look at. */
  Duration last() {
    Duration last = span("last", USUAL);
    if (last.compareTo(Tier.HOUR.retention()) > 0) {
      problem("last", "has to be from 1h to 730d, as history is kept");
      return USUAL;
    }
    return last;
  }

  /** Glob over the ids of resources. */
  String resource() {
    String glob = texts.getOrDefault("resource", "*");
    if (glob.isBlank() || glob.length() > LONGEST_WORD) {
      problem("resource", "has to have 1 to " + LONGEST_WORD + " characters");
    }
    return glob;
  }

  Duration span(String name, Duration usual) {
    String text = texts.get(name);
    if (text == null) {
      return usual;
    }
    Matcher parts = SPAN.matcher(text);
    if (!parts.matches()) {
      problem(name, "is no time; write it as 12h or 30d");
      return usual;
    }
    long amount = Long.parseLong(parts.group(1));
    return parts.group(2).equals("h") ? Duration.ofHours(amount) : Duration.ofDays(amount);
  }

  double number(String name, double usual, double least, double most) {
    String text = texts.get(name);
    if (text == null) {
      return usual;
    }
    try {
      double number = Double.parseDouble(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException none) {
      // told below
    }
    problem(name, "has to be a number from " + words(least) + " to " + words(most));
    return usual;
  }

  int count(String name, int usual, int least, int most) {
    double number = number(name, usual, least, most);
    if (number != Math.rint(number)) {
      problem(name, "has to be a whole number");
      return usual;
    }
    return (int) number;
  }

  private static String words(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  boolean flag(String name) {
    String text = texts.getOrDefault(name, "false");
    if (!Set.of("true", "false").contains(text)) {
      problem(name, "is true or false");
    }
    return text.equals("true");
  }

  /** Those that are said, or all that fill up. */
  List<Figure> figures() {
    if (!has("figure")) {
      return Figure.FILLING;
    }
    List<Figure> wanted = new ArrayList<>();
    for (String word : texts.get("figure").split(",")) {
      Optional<Figure> known = Figure.of(word.strip()).filter(Figure.FILLING::contains);
      known.ifPresentOrElse(
          wanted::add,
          () ->
              problem(
                  "figure",
                  "there is no "
                      + plain(word)
                      + " that fills up; write one of "
                      + Figure.words(Figure.FILLING)));
    }
    return wanted;
  }

  ForecastSettings forecasting() {
    ForecastSettings usual = ForecastSettings.defaults(zone());
    ForecastSettings asked =
        new ForecastSettings(
            usual.step(),
            span("horizon", usual.horizon()),
            span("look-ahead", usual.lookAhead()),
            span("min-history", usual.minimumHistory()),
            number("level", usual.level(), 0.5, 0.99),
            usual.zone(),
            usual.ceilings());
    problems.addAll(asked.problems());
    return has("ceiling") ? asked.fullAt(number("ceiling", 80, 1, 1_000)) : asked;
  }

  private ZoneId zone() {
    String zone = texts.getOrDefault("zone", "UTC");
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException unknown) {
      problem("zone", plain(zone) + " is not known; write Europe/Berlin or UTC");
      return ZoneId.of("UTC");
    }
  }

  RightsizingSettings sizing() {
    RightsizingSettings usual = RightsizingSettings.defaults();
    RightsizingSettings asked =
        usual.withCpu(
            number("percentile", usual.cpuPercentile(), 0, 1),
            number("target", usual.cpuTarget(), 0, 1));
    problems.addAll(asked.problems());
    return asked;
  }
}
