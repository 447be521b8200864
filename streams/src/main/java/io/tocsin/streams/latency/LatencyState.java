package io.tocsin.streams.latency;

import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.streams.window.Subject;
import io.tocsin.streams.window.WindowSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * What is known of one resource's latency, its {@link Series} aside: its event time, and its open
 * windows above the smallest size.
 *
 * <p>Readings wait in their series until the window of the smallest size in which they lie is
 * final, that is, until the resource's event time has passed its end by the grace. Then all series
 * are settled up to there at once; the larger windows are made of the smaller. So the figures do
 * not depend on the order of arrival, and each reading is in one window of each size. Updates of
 * open windows are made of what is settled and, for the time being, of what waits.
 *
 * <p>Event time is the resource's own: a clock that is wrong somewhere closes no windows of others.
 * Not thread-safe; changed in place.
 */
public final class LatencyState {

  /** Series of one resource: some hundred routes with a few methods and outcomes each. */
  static final int MOST_SERIES = 1_000;

  static final long NEVER = Long.MIN_VALUE;

  Subject subject;
  int series;
  final List<OpenWindow> open = new ArrayList<>();

  /** All before that is settled, windows that end by then are final; a multiple of the smallest. */
  long settledUntil = NEVER;

  long newestAt = NEVER;
  long arrivedAt;

  LatencyState() {}

  /** The state of a resource that was never heard of. */
  public static LatencyState unknown() {
    return new LatencyState();
  }

  /** Wall time at which its last accepted reading arrived, in ms. */
  public long arrivedAt() {
    return arrivedAt;
  }

  /** Event time of its newest reading, in ms. */
  public long newestAt() {
    return newestAt;
  }

  /** Event time at which the open window that ends first does so; empty where none is open. */
  public OptionalLong nextEnd(WindowSettings settings) {
    long waiting = newestAt >= settledUntil ? settledUntil + smallest(settings) : Long.MAX_VALUE;
    long end = open.stream().mapToLong(OpenWindow::endsAt).reduce(waiting, Math::min);
    return end == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(end);
  }

  /**
   * Takes a reading.
   *
   * @param input the reading, its subject and its series
   * @param wallMs when it arrived, by the clock on the wall
   * @param kept the series of this resource
   */
  public Outcome accept(Input.Taken input, long wallMs, Kept kept, WindowSettings settings) {
    long at = input.reading().at();
    long graceMs = settings.grace().toMillis();
    long size = smallest(settings);
    if (settledUntil != NEVER && at < settledUntil) {
      return new Outcome.Refused(Refusal.LATE);
    }
    Series known = kept.get(input.series());
    if (known == null && series >= MOST_SERIES) {
      return new Outcome.Refused(Refusal.SERIES);
    }
    Series taking = known == null ? new Series() : known;
    Refusal refusal = taking.take(input.reading(), settings.pending());
    if (refusal != null) {
      return new Outcome.Refused(refusal);
    }
    kept.put(input.series(), taking);
    series += known == null ? 1 : 0;
    if (at >= newestAt) {
      subject = input.subject();
    }
    arrivedAt = wallMs;
    newestAt = Math.max(newestAt, at);
    long boundary = floor(newestAt - graceMs, size);
    if (settledUntil == NEVER) {
      settledUntil = boundary;
    }
    return settle(boundary, kept, settings);
  }

  /**
   * Closes what the resource, having gone silent, closes no longer itself.
   *
   * @param eventNow what its event time would be now, had it gone on, in ms
   */
  public Outcome.Accepted silentUntil(long eventNow, Kept kept, WindowSettings settings) {
    long size = smallest(settings);
    long ended = eventNow - settings.grace().plus(settings.silence()).toMillis();
    long lastEnd = newestAt >= settledUntil ? floor(newestAt, size) + size : settledUntil;
    for (OpenWindow window : open) {
      lastEnd = Math.max(lastEnd, window.endsAt());
    }
    // what waits lies in larger windows as well, as soon as it is settled
    Outcome.Accepted first = settle(Math.min(floor(ended, size), lastEnd), kept, settings);
    if (nextEnd(settings).orElse(Long.MAX_VALUE) > ended) {
      return first;
    }
    Outcome.Accepted rest = silentUntil(eventNow, kept, settings);
    return new Outcome.Accepted(
        joined(first.latencies(), rest.latencies()),
        joined(first.throughputs(), rest.throughputs()),
        joined(first.parts(), rest.parts()),
        joined(first.unrated(), rest.unrated()));
  }

  private static <T> List<T> joined(List<T> one, List<T> other) {
    List<T> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  private Outcome.Accepted settle(long boundary, Kept kept, WindowSettings settings) {
    if (boundary <= settledUntil) {
      return Outcome.Accepted.NOTHING;
    }
    settledUntil = boundary;
    Tens tens = tens(settings);
    List<Unrated> unrated = new ArrayList<>();
    long forgotten = boundary - settings.forgetAfter().toMillis();
    kept.all()
        .forEach(
            (id, each) -> {
              if (each.settle(boundary, tens, unrated)) {
                kept.put(id, each);
              } else if (each.latestAt() < forgotten) {
                kept.remove(id);
                series--;
              }
            });
    List<OpenWindow> ended = new ArrayList<>();
    List<ServicePart> parts = new ArrayList<>();
    tens.all()
        .forEach(
            (ten, tally) -> {
              long size = smallest(settings);
              OpenWindow window = new OpenWindow(ten.source(), ten.startsAt(), size, tally);
              ended.add(window);
              ServicePart.of(subject, window).ifPresent(parts::add);
              larger(settings).forEach(other -> enclosing(window, other).tally().append(tally));
            });
    open.removeIf(
        window -> {
          boolean isEnded = window.endsAt() <= boundary;
          if (isEnded) {
            ended.add(window);
          }
          return isEnded;
        });
    ended.sort(OpenWindow.BY_END);
    return outcome(ended, true, parts, unrated);
  }

  /**
   * Windows so far in which the newest reading lies.
   *
   * @param isDue says of a size in ms whether its update is due
   */
  public Outcome.Accepted updates(Kept kept, WindowSettings settings, LongPredicate isDue) {
    Tens waiting = tens(settings);
    kept.all().values().forEach(each -> each.preview(waiting));
    Map<Tens.Key, Tally> tens = waiting.all();
    List<OpenWindow> soFar = new ArrayList<>();
    for (Duration size : settings.sizes()) {
      long sizeMs = size.toMillis();
      if (!isDue.test(sizeMs)) {
        continue;
      }
      long startsAt = floor(newestAt, sizeMs);
      Map<Object, OpenWindow> bySource = new HashMap<>();
      for (OpenWindow window : open) {
        if (window.sizeMs() == sizeMs && window.startsAt() == startsAt) {
          Tally copy = new Tally();
          copy.append(window.tally());
          bySource.put(window.source(), new OpenWindow(window.source(), startsAt, sizeMs, copy));
        }
      }
      tens.forEach(
          (ten, tally) -> {
            if (floor(ten.startsAt(), sizeMs) == startsAt) {
              bySource
                  .computeIfAbsent(
                      ten.source(),
                      source -> new OpenWindow(ten.source(), startsAt, sizeMs, new Tally()))
                  .tally()
                  .append(tally);
            }
          });
      soFar.addAll(bySource.values());
    }
    soFar.sort(OpenWindow.BY_END);
    return outcome(soFar, false, List.of(), List.of());
  }

  private Outcome.Accepted outcome(
      List<OpenWindow> windows, boolean areFinal, List<ServicePart> parts, List<Unrated> unrated) {
    List<LatencyWindow> latencies = new ArrayList<>();
    List<ThroughputWindow> throughputs = new ArrayList<>();
    for (OpenWindow window : windows) {
      latencies.add(Windows.latency(subject, window, 0, areFinal));
      if (Windows.saysThroughput(window)) {
        throughputs.add(Windows.throughput(subject, window, 0, areFinal));
      }
    }
    return new Outcome.Accepted(latencies, throughputs, parts, unrated);
  }

  private OpenWindow enclosing(OpenWindow ten, long sizeMs) {
    long startsAt = floor(ten.startsAt(), sizeMs);
    for (OpenWindow window : open) {
      if (window.sizeMs() == sizeMs
          && window.startsAt() == startsAt
          && window.source() == ten.source()) {
        return window;
      }
    }
    OpenWindow window = new OpenWindow(ten.source(), startsAt, sizeMs, new Tally());
    open.add(window);
    return window;
  }

  private static Tens tens(WindowSettings settings) {
    return new Tens(smallest(settings), settings.longestInterval().toMillis());
  }

  private static long smallest(WindowSettings settings) {
    return settings.sizes().get(0).toMillis();
  }

  private static List<Long> larger(WindowSettings settings) {
    return settings.sizes().stream().skip(1).map(Duration::toMillis).toList();
  }

  private static long floor(long at, long size) {
    return at - Math.floorMod(at, size);
  }
}
