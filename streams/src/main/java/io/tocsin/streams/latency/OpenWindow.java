package io.tocsin.streams.latency;

import io.tocsin.schemas.LatencySource;
import java.util.Comparator;

/**
 * One window and its figures so far.
 *
 * @param source where they come from
 * @param startsAt event time at which it begins, in ms
 * @param sizeMs its length
 * @param tally the figures
 */
record OpenWindow(LatencySource source, long startsAt, long sizeMs, Tally tally) {

  static final Comparator<OpenWindow> BY_END =
      Comparator.comparingLong(OpenWindow::endsAt)
          .thenComparingLong(OpenWindow::sizeMs)
          .thenComparing(OpenWindow::source);

  long endsAt() {
    return startsAt + sizeMs;
  }
}
