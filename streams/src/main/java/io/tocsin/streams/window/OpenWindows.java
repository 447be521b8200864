package io.tocsin.streams.window;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The open windows of one resource: those of the smallest size, which take intervals, and the
 * larger ones, which take smaller ones that have ended. Not thread-safe; changed in place.
 */
final class OpenWindows {

  /** Ascending. */
  final List<BaseWindow> bases = new ArrayList<>(2);

  final List<LargeWindow.Stored> larges = new ArrayList<>(3);
  private UpdateMarks marks;

  /** For whom windows are made, and by which rules. */
  record Whose(Subject subject, boolean hasDevices, Capacity capacity, WindowSettings settings) {

    long sizeMs(int size) {
      return settings.sizes().get(size).toMillis();
    }

    long start(long at, int size) {
      return at - Math.floorMod(at, sizeMs(size));
    }
  }

  /** Event time at which the one that ends first does so. */
  long nextEnd() {
    long next = Long.MAX_VALUE;
    for (BaseWindow base : bases) {
      next = Math.min(next, base.endsAt());
    }
    for (LargeWindow.Stored large : larges) {
      next = Math.min(next, large.endsAt());
    }
    return next;
  }

  /** The window of the smallest size with this time in it, made if there is none. */
  BaseWindow base(long at, long sizeMs) {
    long startsAt = at - Math.floorMod(at, sizeMs);
    BaseWindow last = bases.isEmpty() ? null : bases.get(bases.size() - 1);
    if (last != null && last.startsAt == startsAt) {
      return last;
    }
    BaseWindow base = new BaseWindow(startsAt, sizeMs);
    bases.add(base);
    return base;
  }

  /**
   * Makes those final that end by then. Each window in which a sample lies has a final, even if
   * none of its samples made a rate: an update may have been made of an interval that a sample out
   * of order then took away.
   *
   * @return whether there were any
   */
  boolean close(long until, Whose whose, Emission emission) {
    boolean any = false;
    while (!bases.isEmpty() && bases.get(0).endsAt() <= until) {
      end(bases.remove(0), whose, emission);
      any = true;
    }
    for (int place = larges.size() - 1; place >= 0; place--) {
      LargeWindow.Stored large = larges.get(place);
      if (large.endsAt() <= until) {
        larges.remove(place);
        LargeWindow ended = large.open();
        emission.add(ended.toWindow(whose.subject(), true));
        if (whose.hasDevices()) {
          emission.add(ended.toThroughput(whose.subject(), true));
        }
        any = true;
      }
    }
    if (any) {
      emission.sort();
    }
    return any;
  }

  private void end(BaseWindow base, Whose whose, Emission emission) {
    FlowTotals totals = base.totals();
    Part part = base.part(whose.subject(), totals);
    emission.add(
        base.toWindow(whose.subject(), base.intervals, base.latestAt, true, base.capacity));
    if (whose.hasDevices()) {
      emission.add(base.toThroughput(whose.subject(), totals, base.latestAt, true));
    }
    emission.add(part);
    for (int size = 1; size < whose.settings().sizes().size(); size++) {
      long startsAt = whose.start(base.startsAt, size);
      int place = large(startsAt, whose.sizeMs(size));
      LargeWindow window = open(place, startsAt, whose.sizeMs(size));
      window.add(part, totals);
      if (place < 0) {
        larges.add(window.store());
      } else {
        larges.set(place, window.store());
      }
    }
  }

  private int large(long startsAt, long sizeMs) {
    for (int place = 0; place < larges.size(); place++) {
      LargeWindow.Stored large = larges.get(place);
      if (large.sizeMs() == sizeMs && large.startsAt() == startsAt) {
        return place;
      }
    }
    return -1;
  }

  private LargeWindow open(int place, long startsAt, long sizeMs) {
    return place < 0 ? new LargeWindow(startsAt, sizeMs) : larges.get(place).open();
  }

  /** Updates of the windows in which the newest sample lies, as often as the settings say. */
  void update(long at, List<Waiting> waiting, Whose whose, Emission emission) {
    WindowSettings settings = whose.settings();
    if (marks == null) {
      marks =
          new UpdateMarks(
              settings.spread().isZero()
                  ? 0
                  : WindowSettings.scattered(whose.subject().resourceId()));
    }
    for (int size = 0; size < settings.sizes().size(); size++) {
      boolean windows = marks.isWindowDue(size, at, settings);
      boolean throughputs = marks.isThroughputDue(size, at, settings) && whose.hasDevices();
      if ((windows || throughputs)
          && tell(
              size, whose.start(at, size), at, waiting, whose, emission, windows, throughputs)) {
        marks.sent(size, at, settings, windows, throughputs);
      }
    }
  }

  /** All of them as they are now, the smallest first; those without an interval are left out. */
  void current(long newestAt, List<Waiting> waiting, Whose whose, Emission emission) {
    for (int size = 0; size < whose.settings().sizes().size(); size++) {
      for (long startsAt : starts(size, waiting, whose)) {
        tell(size, startsAt, newestAt, waiting, whose, emission, true, false);
      }
    }
  }

  private NavigableSet<Long> starts(int size, List<Waiting> waiting, Whose whose) {
    NavigableSet<Long> starts = new TreeSet<>();
    bases.forEach(base -> starts.add(whose.start(base.startsAt, size)));
    waiting.forEach(each -> starts.add(whose.start(each.reading.at(), size)));
    larges.stream()
        .filter(large -> large.sizeMs() == whose.sizeMs(size))
        .forEach(large -> starts.add(large.startsAt()));
    return starts;
  }

  private boolean tell(
      int size,
      long startsAt,
      long newestAt,
      List<Waiting> waiting,
      Whose whose,
      Emission emission,
      boolean windows,
      boolean throughputs) {
    long sizeMs = whose.sizeMs(size);
    long at = Math.min(newestAt, startsAt + sizeMs - 1);
    List<Interval> open = intervals(startsAt, startsAt + sizeMs, waiting);
    if (size == 0) {
      if (open.isEmpty()) {
        return false;
      }
      BaseWindow window = new BaseWindow(startsAt, sizeMs);
      if (windows) {
        emission.add(window.toWindow(whose.subject(), open, at, false, whose.capacity()));
      }
      if (throughputs) {
        FlowTotals totals = new FlowTotals();
        open.forEach(totals::add);
        emission.add(window.toThroughput(whose.subject(), totals, at, false));
      }
      return true;
    }
    LargeWindow window = open(large(startsAt, sizeMs), startsAt, sizeMs);
    window.add(open, at, whose.capacity());
    if (window.isEmpty()) {
      return false;
    }
    if (windows) {
      emission.add(window.toWindow(whose.subject(), false));
    }
    if (throughputs) {
      emission.add(window.toThroughput(whose.subject(), false));
    }
    return true;
  }

  /** The intervals of a span of time that no large window has yet, those that wait among them. */
  private List<Interval> intervals(long from, long until, List<Waiting> waiting) {
    List<Interval> open = new ArrayList<>(16);
    for (BaseWindow base : bases) {
      if (base.startsAt >= from && base.startsAt < until) {
        open.addAll(base.intervals);
      }
    }
    for (int place = 0; place < waiting.size(); place++) {
      Interval interval = waiting.get(place).interval();
      if (interval != null && interval.at() >= from && interval.at() < until) {
        open.add(interval);
      }
    }
    return open;
  }
}
