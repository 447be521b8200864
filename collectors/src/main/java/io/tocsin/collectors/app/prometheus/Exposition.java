package io.tocsin.collectors.app.prometheus;

import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.app.figure.Complaints;
import io.tocsin.collectors.app.figure.Figure;
import io.tocsin.collectors.app.figure.Malformed;
import io.tocsin.collectors.app.figure.TextCache;
import io.tocsin.collectors.app.prometheus.Family.Part;
import io.tocsin.collectors.app.prometheus.Family.Role;
import io.tocsin.collectors.app.prometheus.Family.Type;
import io.tocsin.schemas.MeasurementType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads what a target shows, line by line, and folds histograms and summaries into one figure each.
 * A line that makes no sense is named by its number and left out. A value that is infinite or NaN
 * is no figure and counts as such a line, but for quantiles of a summary, where clients write NaN
 * for "none". For one answer of one target; not thread-safe.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">text format 0.0.4</a>
 * @see <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics 1.0</a>
 */
public final class Exposition implements Lines.Sink {

  private static final String[] SUFFIXES = {"_bucket", "_sum", "_count", "_created", "_total"};

  private record Series(Family family, Map<String, String> labels) {}

  private final String source;
  private final boolean openMetrics;
  private final int seriesLimit;
  private final TextCache texts;
  private final Consumer<Figure> figures;
  private final Complaints complaints;
  private final SampleLine sample;
  private final Map<String, Family> families = new HashMap<>();
  private final Map<String, Role> roles = new HashMap<>();
  private final Map<Series, Parts> unfinished = new LinkedHashMap<>();
  private int series;
  private boolean ended;

  /**
   * Nothing read so far.
   *
   * @param source for people; problems are told as {@code <source>:<line>}
   * @param openMetrics whether the target says that it writes OpenMetrics
   * @param seriesLimit how many sample lines are taken; what is over is counted as OVER_LIMIT
   */
  public Exposition(
      String source,
      boolean openMetrics,
      int seriesLimit,
      TextCache texts,
      Consumer<Figure> figures,
      Complaints complaints) {
    this.source = source;
    this.openMetrics = openMetrics;
    this.seriesLimit = seriesLimit;
    this.texts = texts;
    this.figures = figures;
    this.complaints = complaints;
    this.sample = new SampleLine(openMetrics, texts);
  }

  @Override
  public void line(byte[] bytes, int from, int end, int number) {
    int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    int start = from;
    while (start < to && (bytes[start] == ' ' || bytes[start] == '\t')) {
      start++;
    }
    if (start == to) {
      return;
    }
    try {
      if (ended) {
        throw new Malformed("there is a line after # EOF");
      }
      if (bytes[start] == '#') {
        comment(new String(bytes, start, to - start, StandardCharsets.UTF_8));
      } else if (series == seriesLimit) {
        complaints.add(
            Reason.OVER_LIMIT,
            source,
            "it shows more than %d series; raise series-limit or have it show fewer"
                .formatted(seriesLimit));
      } else {
        sample.read(bytes, start, to);
        series++;
        take(number);
      }
    } catch (Malformed e) {
      complaints.add(Reason.MALFORMED, source + ":" + number, e.getMessage());
    }
  }

  @Override
  public void tooLong(int number) {
    complaints.add(Reason.OVER_LIMIT, source + ":" + number, "the line is too long");
  }

  /**
   * Hands on what waited for more lines.
   *
   * @param complete whether the answer had an end; what was cut off is then no fault of the target
   */
  public void finish(boolean complete) {
    if (complete && openMetrics && !ended) {
      complaints.add(Reason.TRUNCATED, source, "the last line is not # EOF");
    }
    for (Parts parts : unfinished.values()) {
      try {
        Figure figure = parts.figure();
        if (figure != null) {
          figures.accept(figure);
        }
      } catch (Malformed e) {
        complaints.add(
            complete ? Reason.MALFORMED : Reason.TRUNCATED,
            source + ":" + parts.firstLine,
            e.getMessage());
      }
    }
    unfinished.clear();
  }

  private void comment(String comment) throws Malformed {
    String[] words = comment.split("[ \t]+", 4);
    if (openMetrics && comment.equals("# EOF")) {
      ended = true;
    } else if (words.length == 4 && words[0].equals("#") && words[1].equals("TYPE")) {
      String name = plain(words[2]);
      // A later TYPE line of the same name cannot change what has been read.
      if (families.size() < seriesLimit && !families.containsKey(name)) {
        Type type = Type.of(words[3].strip());
        families.put(name, new Family(name, type, Family.unitOf(name)));
        roles.clear();
      }
    } else if (words.length == 4 && words[0].equals("#") && words[1].equals("UNIT")) {
      String unit = Family.unit(words[3].strip());
      families.computeIfPresent(
          plain(words[2]),
          (name, family) -> unit.isEmpty() ? family : new Family(name, family.type(), unit));
      roles.clear();
    }
  }

  private static String plain(String name) {
    boolean quoted = name.length() > 2 && name.startsWith("\"") && name.endsWith("\"");
    return quoted ? name.substring(1, name.length() - 1) : name;
  }

  private void take(int number) throws Malformed {
    Role role = roles.computeIfAbsent(sample.name, this::role);
    Part part = role.part();
    Family family = role.family();
    double bound = Double.NaN;
    if (part == Part.BUCKET || part == Part.QUANTILE) {
      bound = bound(sample.labels.remove(part == Part.BUCKET ? "le" : "quantile"));
      if (part == Part.QUANTILE && !(bound >= 0 && bound <= 1)) {
        throw new Malformed("a quantile is no number from 0 to 1");
      }
    } else if (part == Part.VALUE) {
      figures.accept(value(family));
      return;
    }
    Series key = new Series(family, sample.labels.toMap());
    Parts parts = unfinished.get(key);
    if (parts == null) {
      parts = new Parts(family, key.labels(), number);
      unfinished.put(key, parts);
    }
    parts.add(part, sample, bound);
  }

  private Figure value(Family family) throws Malformed {
    MeasurementType type =
        switch (family.type()) {
          case COUNTER -> MeasurementType.COUNTER;
          case GAUGE -> MeasurementType.GAUGE;
          case HISTOGRAM, SUMMARY, UNKNOWN -> MeasurementType.UNSPECIFIED;
        };
    return Figure.of(
            sample.name, sample.labels.toMap(), type, Parts.finite(sample.value), sample.at)
        .in(family.unit());
  }

  private static double bound(String text) throws Malformed {
    if (text == null) {
      throw new Malformed("a bucket or quantile does not say which");
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    double bound = SampleLine.number(bytes, 0, bytes.length);
    if (Double.isNaN(bound)) {
      throw new Malformed("the bound of a bucket is not a number");
    }
    return bound;
  }

  private Role role(String name) {
    Family own = families.get(name);
    Part whole = own == null ? null : own.part("", openMetrics);
    if (whole != null) {
      return new Role(own, whole);
    }
    for (String suffix : SUFFIXES) {
      if (name.endsWith(suffix)) {
        Family family = families.get(name.substring(0, name.length() - suffix.length()));
        Part part = family == null ? null : family.part(suffix, openMetrics);
        if (part != null) {
          return new Role(family, part);
        }
      }
    }
    return new Role(new Family(name, Type.UNKNOWN, Family.unitOf(name)), Part.VALUE);
  }
}
