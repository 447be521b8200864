package io.tocsin.alerting.rules;

import io.tocsin.alerting.signal.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line for people with places for figures: {@code {resource} uses {cpu_percent_mean:.0f} % of its
 * CPU}. {@code {name}} is the figure itself, a number with up to two decimals; {@code {name:.1f}}
 * has one decimal; {@code {{} is a brace. What is not known is shown as {@code ?}.
 *
 * <p>Values stay text: they are put in once and never looked at again, lose their control
 * characters and are cut.
 */
public final class SummaryTemplate {

  /** Longest line, and longest template, in characters. */
  public static final int LONGEST = 500;

  private static final int LONGEST_VALUE = 200;
  private static final Pattern PLACE =
      Pattern.compile("\\{\\{|\\{([a-z][a-z0-9_]*)(?::\\.([0-6])f)?\\}|\\{");

  private final List<Part> parts;

  private SummaryTemplate(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** A piece of text, or a place; {@code decimals} is -1 where the number decides. */
  private record Part(String text, boolean isName, int decimals) {}

  /** Reads a template that has been checked; what is no place in it is text. */
  public static SummaryTemplate of(String template) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = PLACE.matcher(template);
    int done = 0;
    while (matcher.find()) {
      parts.add(new Part(template.substring(done, matcher.start()), false, 0));
      if (matcher.group(1) == null) {
        parts.add(new Part("{", false, 0));
      } else {
        int decimals = matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2));
        parts.add(new Part(matcher.group(1), true, decimals));
      }
      done = matcher.end();
    }
    parts.add(new Part(template.substring(done), false, 0));
    return new SummaryTemplate(parts);
  }

  /** Where a template has a brace that is no place, as offsets of characters. */
  static List<Integer> stray(String template) {
    Matcher matcher = PLACE.matcher(template);
    List<Integer> stray = new ArrayList<>();
    while (matcher.find()) {
      if (matcher.group().equals("{")) {
        stray.add(matcher.start());
      }
    }
    return stray;
  }

  /** The names it asks for. */
  public List<String> names() {
    return parts.stream().filter(Part::isName).map(Part::text).distinct().toList();
  }

  /** Fills it in. */
  public String render(Fields fields) {
    StringBuilder line = new StringBuilder();
    for (Part part : parts) {
      line.append(part.isName() ? shown(fields.get(part.text()), part.decimals()) : part.text());
    }
    return cut(line.toString().strip(), LONGEST);
  }

  private static String shown(Object figure, int decimals) {
    if (figure == null) {
      return "?";
    }
    if (figure instanceof Number number) {
      return number(number.doubleValue(), decimals);
    }
    String text =
        figure instanceof Map<?, ?> labels ? new TreeMap<>(labels).toString() : figure.toString();
    return cut(text.replaceAll("[\\p{Cntrl}\\p{Cf}\u2028\u2029]+", " "), LONGEST_VALUE);
  }

  private static String number(double number, int decimals) {
    if (!Double.isFinite(number)) {
      return "?";
    }
    if (decimals >= 0) {
      return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }
    String text = String.format(Locale.ROOT, "%.2f", number);
    return text.replaceFirst("\\.?0+$", "").replaceFirst("^-0$", "0");
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean halves = Character.isHighSurrogate(text.charAt(longest - 2));
    return text.substring(0, longest - (halves ? 2 : 1)) + "…";
  }
}
