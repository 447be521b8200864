package io.tocsin.alerting.signal;

import java.util.Map;

/** How windows are named and labelled as series. */
final class WindowSize {

  private static final Map<String, String> OPEN = Map.of("final", "false");
  private static final Map<String, String> FINAL = Map.of("final", "true");

  private WindowSize() {}

  /** {@code 10s}, {@code 1m}, {@code 5m}; the milliseconds of any other. */
  static String word(long sizeMs) {
    if (sizeMs == 10_000) {
      return "10s";
    }
    if (sizeMs == 60_000) {
      return "1m";
    }
    return sizeMs == 300_000 ? "5m" : sizeMs + "ms";
  }

  /** Whether more may come for this window, as a label that rules can select by. */
  static Map<String, String> labels(boolean isFinal) {
    return isFinal ? FINAL : OPEN;
  }
}
