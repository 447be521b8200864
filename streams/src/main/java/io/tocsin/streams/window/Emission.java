package io.tocsin.streams.window;

import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is to be sent, gathered. The lists are made when there is something to put in. */
final class Emission {

  private List<Window> windows = List.of();
  private List<ThroughputWindow> throughputs = List.of();
  private List<Part> parts = List.of();
  private List<Rating.Reason> unrated = List.of();

  void add(Window window) {
    windows = grown(windows);
    windows.add(window);
  }

  void add(ThroughputWindow window) {
    throughputs = grown(throughputs);
    throughputs.add(window);
  }

  void add(Part part) {
    parts = grown(parts);
    parts.add(part);
  }

  void add(Rating.Reason reason) {
    unrated = grown(unrated);
    unrated.add(reason);
  }

  private static <T> List<T> grown(List<T> list) {
    return list instanceof ArrayList ? list : new ArrayList<>(4);
  }

  /** In the order in which windows end, the smaller one first. */
  void sort() {
    if (windows.size() > 1) {
      windows.sort(Comparator.comparing(Window::getEndsAt).thenComparingLong(Window::getSizeMs));
    }
    if (throughputs.size() > 1) {
      throughputs.sort(
          Comparator.comparing(ThroughputWindow::getEndsAt)
              .thenComparingLong(ThroughputWindow::getSizeMs));
    }
  }

  Outcome.Accepted accepted(Interval newest) {
    return new Outcome.Accepted(windows, throughputs, parts, newest, unrated);
  }
}
