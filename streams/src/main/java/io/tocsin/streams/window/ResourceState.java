package io.tocsin.streams.window;

import io.tocsin.schemas.Sample;
import io.tocsin.schemas.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * All that is known of one resource: its last samples and its open windows.
 *
 * <p>Samples of the grace period wait in the order of their event time. Only when the grace has
 * passed is a sample settled, that is, the interval that it makes with the one before it is added
 * to its 10 s window; only when that has ended is it added, once, to the larger windows and the
 * roll-ups. So whatever order samples arrive in within the grace, the windows are the same to the
 * bit. Updates of open windows do not wait: they are made of what is settled and, for the time
 * being, of what waits.
 *
 * <p>Event time is the resource's own. A clock that is wrong on one machine closes no windows but
 * its own. Not thread-safe; changed in place.
 */
public final class ResourceState {

  Subject subject;
  Reading settled;
  final List<Waiting> waiting = new ArrayList<>(8);

  final OpenWindows open = new OpenWindows();

  /** Samples before that are settled, windows that end by then are final; event time, ms. */
  long settledUntil = Long.MIN_VALUE;

  long newestAt = Long.MIN_VALUE;

  /** The highest sequence that was taken from the newest reading's run of its agent. */
  private long mostSequence = Long.MIN_VALUE;

  long arrivedAt;

  final Journal journal = new Journal();

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

  /** Wall time of silence after which there is something to close; empty where nothing is open. */
  public OptionalLong closesAfter(WindowSettings settings) {
    long next = open.nextEnd();
    if (!waiting.isEmpty()) {
      long baseMs = settings.baseMs();
      next = Math.min(next, (Math.floorDiv(waiting.get(0).reading.at(), baseMs) + 1) * baseMs);
    }
    return next == Long.MAX_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(next - newestAt + wait(settings));
  }

  /** What a window waits beyond its end where its resource is silent. */
  private long wait(WindowSettings settings) {
    return settings.grace().plus(settings.silence()).toMillis()
        + settings.spreadOf(subject.resourceId());
  }

  /** What the store has to be given now that a sample was accepted, or silence has passed. */
  public Journal.Entry toStore() {
    return journal.entry(this);
  }

  /**
   * Takes a sample.
   *
   * @param at its event time, in ms
   * @param wallMs when it arrived, by the clock on the wall
   */
  public Outcome accept(Sample sample, long at, long wallMs, WindowSettings settings) {
    Reading before = newest();
    Reading reading = Reading.of(sample, at, before == null ? null : before.shape());
    if (!isNext(reading, before) && isRepeat(reading)) {
      return new Outcome.Refused(Refusal.DUPLICATE);
    }
    if (at < settledUntil) {
      return new Outcome.Refused(Refusal.LATE);
    }
    if (settled != null && reading.isSentBefore(settled)) {
      // Late by its sequence, though not by its time: a clock that is ahead has a repeat counted at
      // its arrival.
      return new Outcome.Refused(Refusal.DUPLICATE);
    }
    if (waiting.size() >= settings.pending()) {
      return new Outcome.Refused(Refusal.FLOOD);
    }
    if (before == null || reading.isAfter(before)) {
      Subject named = Subject.of(sample, subject);
      if (named != subject) {
        subject = named;
        journal.isOutdated();
      }
    }
    return take(reading, wallMs, settings);
  }

  Outcome.Accepted take(Reading reading, long wallMs, WindowSettings settings) {
    journal.takes(reading, newest(), wallMs);
    countSequence(reading);
    boolean isNewest = insert(reading, settings.longestInterval().toMillis());
    Interval interval = isNewest ? waiting.get(waiting.size() - 1).interval() : null;
    arrivedAt = wallMs;
    newestAt = Math.max(newestAt, reading.at());
    Emission emission = new Emission();
    settle(newestAt - settings.grace().toMillis(), settings, emission);
    close(settledUntil - settings.spreadOf(subject.resourceId()), settings, emission);
    if (isNewest) {
      open.update(reading.at(), waiting, whose(settings), emission);
    }
    return emission.accepted(interval);
  }

  /**
   * Closes what the resource, having gone silent, closes no longer itself.
   *
   * @param eventNow what its event time would be now, had it gone on, in ms
   */
  public Outcome.Accepted silentUntil(long eventNow, WindowSettings settings) {
    long ended = eventNow - wait(settings);
    long until = Long.MIN_VALUE;
    for (LargeWindow.Stored large : open.larges) {
      until = large.endsAt() <= ended ? Math.max(until, large.endsAt()) : until;
    }
    for (BaseWindow base : open.bases) {
      until = Math.max(until, lastEnd(base.startsAt, ended, settings));
    }
    for (Waiting each : waiting) {
      until = Math.max(until, lastEnd(each.reading.at(), ended, settings));
    }
    Emission emission = new Emission();
    if (until != Long.MIN_VALUE) {
      settle(until, settings, emission);
      close(until, settings, emission);
    }
    journal.isOutdated();
    return emission.accepted(null);
  }

  /** End of the largest window with this time in it that has ended by then. */
  private long lastEnd(long at, long ended, WindowSettings settings) {
    OpenWindows.Whose whose = whose(settings);
    long last = Long.MIN_VALUE;
    for (int size = 0; size < settings.sizes().size(); size++) {
      long end = whose.start(at, size) + whose.sizeMs(size);
      last = end <= ended ? Math.max(last, end) : last;
    }
    return last;
  }

  /**
   * The open windows as they are now, the smallest first; those without an interval are left out.
   */
  public List<Window> current(WindowSettings settings) {
    Emission emission = new Emission();
    open.current(newestAt, waiting, whose(settings), emission);
    return emission.accepted(null).windows();
  }

  private OpenWindows.Whose whose(WindowSettings settings) {
    Shape shape = newest().shape();
    boolean hasDevices = !shape.disks().isEmpty() || !shape.links().isEmpty();
    return new OpenWindows.Whose(subject, hasDevices, newest().capacity(), settings);
  }

  /** The reading with the greatest event time; null where there is none. */
  Reading newest() {
    return waiting.isEmpty() ? settled : waiting.get(waiting.size() - 1).reading;
  }

  /**
   * Whether it is what nearly every sample is: sent after all that is known, by the same run of the
   * same agent. Then it repeats none of them.
   */
  private boolean isNext(Reading reading, Reading newest) {
    return newest != null && newest.shape() == reading.shape() && reading.sequence() > mostSequence;
  }

  void countSequence(Reading reading) {
    Reading newest = newest();
    if (newest != null && reading.shape().hasOriginOf(newest.shape())) {
      mostSequence = Math.max(mostSequence, reading.sequence());
    } else if (newest == null || reading.isAfter(newest)) {
      mostSequence = reading.sequence();
    }
  }

  private boolean isRepeat(Reading reading) {
    if (settled != null && reading.isRepeatOf(settled)) {
      return true;
    }
    for (int place = waiting.size() - 1; place >= 0; place--) {
      if (reading.isRepeatOf(waiting.get(place).reading)) {
        return true;
      }
    }
    return false;
  }

  /** Puts a reading where its time says; true if that is the end. */
  private boolean insert(Reading reading, long longestMs) {
    int place = waiting.size();
    while (place > 0 && waiting.get(place - 1).reading.isAfter(reading)) {
      place--;
    }
    Waiting taken = new Waiting(reading);
    waiting.add(place, taken);
    Reading before = place == 0 ? settled : waiting.get(place - 1).reading;
    taken.rating = Rates.between(before, reading, longestMs);
    if (place == waiting.size() - 1) {
      return true;
    }
    Waiting next = waiting.get(place + 1);
    next.rating = Rates.between(reading, next.reading, longestMs);
    return false;
  }

  private void settle(long until, WindowSettings settings, Emission emission) {
    settledUntil = Math.max(settledUntil, until);
    int done = 0;
    while (done < waiting.size() && waiting.get(done).reading.at() < settledUntil) {
      Waiting next = waiting.get(done++);
      BaseWindow base = open.base(next.reading.at(), settings.baseMs());
      base.saw(next.reading);
      if (next.rating instanceof Rating.Rated rated) {
        base.intervals.add(rated.interval());
      } else if (next.rating instanceof Rating.Unrated none) {
        emission.add(none.reason());
      }
      settled = next.reading;
    }
    if (done > 0) {
      waiting.subList(0, done).clear();
    }
  }

  private void close(long until, WindowSettings settings, Emission emission) {
    if (open.close(until, whose(settings), emission)) {
      journal.isOutdated();
    }
  }
}
