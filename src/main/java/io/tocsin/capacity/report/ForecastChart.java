package io.tocsin.capacity.report;

import io.tocsin.capacity.forecast.Forecast;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The last two weeks, what is expected, the interval and the ceiling, as inline SVG. */
final class ForecastChart {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 200;
  private static final int LEFT = 52;
  private static final int RIGHT = 12;
  private static final int TOP = 14;
  private static final int BOTTOM = 24;
  private static final int PAST_DAYS = 14;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  private final Forecast forecast;
  private final ZoneId zone;
  private final int first;
  private final int steps;
  private final double top;

  private ForecastChart(Forecast forecast, ZoneId zone) {
    this.forecast = forecast;
    this.zone = zone;
    int aDay = (int) (86_400_000L / forecast.step().toMillis());
    this.first = Math.max(0, forecast.past().length - PAST_DAYS * aDay);
    this.steps = forecast.past().length - first + forecast.point().length;
    double most = forecast.full().ceiling();
    for (int i = first; i < forecast.past().length; i++) {
      most = Double.isNaN(forecast.past()[i]) ? most : Math.max(most, forecast.past()[i]);
    }
    for (double upper : forecast.upper()) {
      most = Math.max(most, upper);
    }
    this.top = most <= 100 ? 100 : Math.ceil(most / 40) * 40;
  }

  static void draw(Page page, Forecast forecast, ZoneId zone) {
    new ForecastChart(forecast, zone).draw(page);
  }

  private void draw(Page page) {
    page.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "role",
        "img",
        "aria-label",
        forecast.id() + " " + forecast.figure().word() + ": " + forecast.full().words());
    grid(page);
    page.path("band", band());
    page.path("past", line(forecast.past(), first, 0));
    int now = forecast.past().length - first;
    page.path("ahead", line(forecast.point(), 0, now));
    double ceiling = y(forecast.full().ceiling());
    rule(page, "ceiling", LEFT, ceiling, WIDTH - RIGHT, ceiling);
    String full = String.format(Locale.ROOT, "full at %.0f %%", forecast.full().ceiling());
    label(page, full, LEFT + 4, ceiling - 4, "start");
    rule(page, "now", x(now), TOP, x(now), HEIGHT - BOTTOM);
    label(page, "now", x(now), TOP - 3, "middle");
    page.close();
  }

  private void grid(Page page) {
    double step = top / 4;
    for (int i = 0; i <= 4; i++) {
      double y = y(i * step);
      rule(page, "grid", LEFT, y, WIDTH - RIGHT, y);
      label(page, String.format(Locale.ROOT, "%.0f %%", i * step), LEFT - 6, y + 4, "end");
    }
    int past = forecast.past().length - first;
    int labelled = -1_000;
    for (int i = 0; i < steps; i++) {
      ZonedDateTime at = forecast.from().plus(forecast.step().multipliedBy(i - past)).atZone(zone);
      boolean isMidnight = at.toLocalTime().toSecondOfDay() < forecast.step().toSeconds();
      if (isMidnight && x(i) - labelled > 55 && x(i) < WIDTH - RIGHT - 16) {
        labelled = (int) x(i);
        label(page, DAY.format(at), x(i), HEIGHT - 7, "middle");
      }
    }
  }

  private String band() {
    int now = forecast.past().length - first;
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < forecast.upper().length; i++) {
      path.append(i == 0 ? 'M' : 'L').append(point(now + i, forecast.upper()[i]));
    }
    for (int i = forecast.lower().length - 1; i >= 0; i--) {
      path.append('L').append(point(now + i, forecast.lower()[i]));
    }
    return path.append('Z').toString();
  }

  /** A gap lifts the pen. */
  private String line(double[] values, int from, int at) {
    StringBuilder path = new StringBuilder();
    boolean isDown = false;
    for (int i = from; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        isDown = false;
      } else {
        path.append(isDown ? 'L' : 'M').append(point(at + i - from, values[i]));
        isDown = true;
      }
    }
    return path.toString();
  }

  private String point(int step, double value) {
    return String.format(Locale.ROOT, "%.1f %.1f", x(step), y(value));
  }

  private double x(int step) {
    return LEFT + (double) step / Math.max(1, steps - 1) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM);
  }

  private static void rule(Page page, String kind, double x1, double y1, double x2, double y2) {
    String path = String.format(Locale.ROOT, "M%.1f %.1fL%.1f %.1f", x1, y1, x2, y2);
    page.path(kind, path);
  }

  private static void label(Page page, String text, double x, double y, String anchor) {
    page.element(
        "text",
        text,
        "x",
        String.format(Locale.ROOT, "%.1f", x),
        "y",
        String.format(Locale.ROOT, "%.1f", y),
        "text-anchor",
        anchor);
  }
}
