package io.tocsin.capacity.report;

import java.util.List;
import java.util.Locale;

/** Horizontal bars as inline SVG: one for the whole, and over it one for a part. */
final class BarChart {

  private static final int WIDTH = 640;
  private static final int LEFT = 150;
  private static final int RIGHT = 110;
  private static final int ROW = 24;
  private static final int LONGEST_LABEL = 22;

  /**
   * A bar.
   *
   * @param label what of
   * @param whole length of the pale bar
   * @param part length of the full bar over it; 0 for none. One that is longer stands out
   * @param text beside it
   */
  record Bar(String label, double whole, double part, String text) {}

  private BarChart() {}

  static void draw(Page page, String about, List<Bar> bars) {
    double most = bars.stream().mapToDouble(bar -> Math.max(bar.whole, bar.part)).max().orElse(1);
    page.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + Math.max(1, bars.size() * ROW),
        "role",
        "img",
        "aria-label",
        about);
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      int y = i * ROW;
      label(page, shortened(bar.label), LEFT - 8, y + 16, "end");
      rectangle(page, "whole", y + 4, length(bar.whole, most));
      rectangle(
          page,
          bar.part > bar.whole && bar.whole > 0 ? "over" : "part",
          y + 4,
          length(bar.part, most));
      double end = length(Math.max(bar.whole, bar.part), most);
      label(page, bar.text, LEFT + end + 6, y + 16, "start");
    }
    page.close();
  }

  private static double length(double value, double most) {
    return most == 0 ? 0 : value / most * (WIDTH - LEFT - RIGHT);
  }

  private static String shortened(String label) {
    return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL - 1) + "…";
  }

  private static void rectangle(Page page, String kind, double y, double length) {
    if (length > 0) {
      page.open(
              "rect",
              "class",
              kind,
              "x",
              Integer.toString(LEFT),
              "y",
              Double.toString(y),
              "width",
              String.format(Locale.ROOT, "%.1f", length),
              "height",
              Integer.toString(ROW - 8),
              "rx",
              "2")
          .close();
    }
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
