package io.tocsin.alerting.detect;

/** What a {@link Baseline} or a {@link SeasonalBaseline} looks at. */
public enum View {
  /** The value itself. */
  VALUE("value"),
  /** The mean of the latest hour less the mean of the three before: a burst, a sudden drop. */
  JUMP("change of the hourly mean"),
  /** The median of the latest hour less the median of the six before: a new level. */
  SHIFT("change of the hourly median"),
  /** The mean of an hour less the median of that hour on other days: a day unlike the others. */
  SEASON("mean of the hour less what is usual at that hour");

  private final String words;

  View(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
