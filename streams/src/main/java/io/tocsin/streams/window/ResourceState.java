package io.tocsin.streams.window;

import io.tocsin.schemas.Sample;
import io.tocsin.schemas.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * All that is known of one resource: its last samples and its open windows.
 *
 * <p>Samples of the grace period wait in the order of their event time. Only when the grace has
 * passed is a sample settled, that is, made into an interval with the one before it and added to
 * its windows. So whatever order samples arrive in within the grace, the intervals, and every sum
 * of them, are the same to the bit. Updates of open windows do not wait: they are made of what is
 * settled and, for the time being, of what waits.
 *
 * <p>Event time is the resource's own. A clock that is wrong on one machine closes no windows but
 * its own. Not thread-safe; changed in place.
 */
public final class ResourceState {

  Subject subject;
  Reading settled;
  final List<Reading> pending = new ArrayList<>();
  final List<OpenWindow> open = new ArrayList<>();

  /** Samples before that are settled, windows that end by then are final; event time, ms. */
  long settledUntil = Long.MIN_VALUE;

  long newestAt = Long.MIN_VALUE;
  long arrivedAt;

  ResourceState() {}

  /** The state of a resource that was never heard of. */
  public static ResourceState unknown() {
    return new ResourceState();
  }

  /** Whom it speaks of, as the newest sample says. */
  public Subject subject() {
    return subject;
  }

  /** Wall time at which its last accepted sample arrived, in ms. */
  public long arrivedAt() {
    return arrivedAt;
  }

  /** Event time of its newest sample, in ms. */
  public long newestAt() {
    return newestAt;
  }

  /** Event time at which the open window that ends first does so; empty where none is open. */
  public OptionalLong nextEnd() {
    return open.stream().mapToLong(OpenWindow::endsAt).min();
  }

  /**
   * Takes a sample.
   *
   * @param at its event time, in ms
   * @param wallMs when it arrived, by the clock on the wall
   */
  public Outcome accept(Sample sample, long at, long wallMs, WindowSettings settings) {
    Reading reading = Reading.of(sample, at);
    if (isRepeat(reading)) {
      return new Outcome.Refused(Refusal.DUPLICATE);
    }
    if (at < settledUntil) {
      return new Outcome.Refused(Refusal.LATE);
    }
    if (pending.size() >= settings.pending()) {
      return new Outcome.Refused(Refusal.FLOOD);
    }
    int place = place(reading);
    boolean isNewest = place == pending.size();
    pending.add(place, reading);
    if (isNewest) {
      subject = Subject.of(sample);
    }
    arrivedAt = wallMs;
    newestAt = Math.max(newestAt, at);
    List<Rating.Reason> unrated = new ArrayList<>();
    settle(newestAt - settings.grace().toMillis(), settings, unrated);
    List<Window> windows = close();
    Interval newest = null;
    if (isNewest) {
      windows.addAll(updates(at, settings));
      newest = newestInterval(settings);
    }
    return new Outcome.Accepted(windows, newest, unrated);
  }

  /**
   * Closes what the resource, having gone silent, closes no longer itself.
   *
   * @param eventNow what its event time would be now, had it gone on, in ms
   */
  public Outcome.Accepted silentUntil(long eventNow, WindowSettings settings) {
    long ended = eventNow - settings.grace().plus(settings.silence()).toMillis();
    List<Rating.Reason> unrated = new ArrayList<>();
    open.stream()
        .mapToLong(OpenWindow::endsAt)
        .filter(end -> end <= ended)
        .max()
        .ifPresent(end -> settle(end, settings, unrated));
    return new Outcome.Accepted(close(), null, unrated);
  }

  private boolean isRepeat(Reading reading) {
    return settled != null && reading.isRepeatOf(settled)
        || pending.stream().anyMatch(reading::isRepeatOf);
  }

  private int place(Reading reading) {
    int place = pending.size();
    while (place > 0 && pending.get(place - 1).isAfter(reading)) {
      place--;
    }
    return place;
  }

  private void settle(long until, WindowSettings settings, List<Rating.Reason> unrated) {
    settledUntil = Math.max(settledUntil, until);
    long longest = settings.longestInterval().toMillis();
    int done = 0;
    while (done < pending.size() && pending.get(done).at() < settledUntil) {
      Reading next = pending.get(done++);
      Rating rating = Rates.between(settled, next, longest);
      for (Duration size : settings.sizes()) {
        OpenWindow window = window(next.at(), size.toMillis());
        window.saw(next.at());
        if (rating instanceof Rating.Rated rated) {
          window.add(rated.interval());
        }
      }
      if (rating instanceof Rating.Unrated none) {
        unrated.add(none.reason());
      }
      settled = next;
    }
    pending.subList(0, done).clear();
  }

  private List<Window> close() {
    List<OpenWindow> ended = new ArrayList<>();
    for (Iterator<OpenWindow> windows = open.iterator(); windows.hasNext(); ) {
      OpenWindow window = windows.next();
      if (window.endsAt() <= settledUntil) {
        windows.remove();
        // Each window in which a sample lies has a final, even if none of its samples made a rate:
        // an update may have been made of an interval that a sample out of order then took away.
        ended.add(window);
      }
    }
    ended.sort(
        Comparator.<OpenWindow>comparingLong(OpenWindow::endsAt)
            .thenComparingLong(window -> window.sizeMs));
    List<Window> finals = new ArrayList<>();
    ended.forEach(window -> finals.add(window.toWindow(subject, true)));
    return finals;
  }

  /** Updates of the windows in which the newest sample lies, once per second of event time. */
  private List<Window> updates(long at, WindowSettings settings) {
    long second = Math.floorDiv(at, 1_000L);
    List<Interval> waiting = null;
    List<Window> updates = new ArrayList<>();
    for (Duration size : settings.sizes()) {
      OpenWindow window = window(at, size.toMillis());
      if (window.updatedInSecond == second) {
        continue;
      }
      if (waiting == null) {
        waiting = waiting(settings);
      }
      OpenWindow soFar = window.copy();
      soFar.saw(at);
      for (Interval interval : waiting) {
        if (soFar.contains(interval.at())) {
          soFar.add(interval);
        }
      }
      if (soFar.intervals > 0) {
        window.updatedInSecond = second;
        updates.add(soFar.toWindow(subject, false));
      }
    }
    return updates;
  }

  private List<Interval> waiting(WindowSettings settings) {
    List<Interval> intervals = new ArrayList<>();
    Reading older = settled;
    for (Reading newer : pending) {
      if (Rates.between(older, newer, settings.longestInterval().toMillis())
          instanceof Rating.Rated rated) {
        intervals.add(rated.interval());
      }
      older = newer;
    }
    return intervals;
  }

  private Interval newestInterval(WindowSettings settings) {
    int last = pending.size() - 1;
    if (last < 0) {
      return null;
    }
    Reading older = last == 0 ? settled : pending.get(last - 1);
    return Rates.between(older, pending.get(last), settings.longestInterval().toMillis())
            instanceof Rating.Rated rated
        ? rated.interval()
        : null;
  }

  private OpenWindow window(long at, long sizeMs) {
    long startsAt = at - Math.floorMod(at, sizeMs);
    for (OpenWindow window : open) {
      if (window.sizeMs == sizeMs && window.startsAt == startsAt) {
        return window;
      }
    }
    OpenWindow window = new OpenWindow(startsAt, sizeMs);
    open.add(window);
    return window;
  }
}
