package io.tocsin.streams.latency;

import io.tocsin.schemas.LatencySource;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Tier;
import io.tocsin.streams.window.Subject;
import io.tocsin.streams.window.WindowSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The roll-up of a service over one window of the largest size, and the smaller ones in it, made of
 * the parts of the smallest.
 *
 * <p>Which resources will add a part nobody knows, and their event times differ. So a window is
 * final when it is quiet: its end and the grace have passed, and no part has come for {@link
 * #QUIET_MS} of wall time. A part that comes later, from an agent that was cut off, makes it final
 * once more, corrected, for {@link #CORRECTED_MS}. What a final says depends on the parts alone.
 * Not thread-safe; changed in place.
 */
public final class ServiceFrame {

  /** Tasks hand their parts over every second, and resources are silent for a few at most. */
  static final long QUIET_MS = 10_000;

  /** How long after it was first final a window may be corrected. */
  static final long CORRECTED_MS = Duration.ofMinutes(15).toMillis();

  static final long NOT_YET = -1;

  /** Which of the windows in it. */
  record Key(long sizeMs, long startsAt) {}

  /** The last record of a window. */
  record Told(long revision, boolean isFinal, long at) {}

  /** Parts of one window of the smallest size, and when the last of them came. */
  static final class Ten {
    final ServicePart part;
    long revision;
    long partAt;

    Ten(ServicePart part) {
      this.part = part;
    }
  }

  final String service;
  final LatencySource source;
  final Map<Long, Ten> tens = new TreeMap<>();
  final Map<Key, Told> told =
      new TreeMap<>(Comparator.comparingLong(Key::sizeMs).thenComparingLong(Key::startsAt));
  long revision;

  /** Wall time at which all of it was first final, in ms. */
  long finalAt = NOT_YET;

  private long nextDueAt = Long.MIN_VALUE;

  ServiceFrame(String service, LatencySource source) {
    this.service = service;
    this.source = source;
  }

  /** The frame that a part begins. */
  public static ServiceFrame of(ServicePart part) {
    return new ServiceFrame(part.service, part.source);
  }

  /** When the frame of a part begins, in ms of event time. */
  public static long startOf(ServicePart part, WindowSettings settings) {
    return part.startsAt - Math.floorMod(part.startsAt, largest(settings));
  }

  /**
   * Takes a part of it.
   *
   * @param wallMs when it came, by the clock on the wall
   */
  public void take(ServicePart part, long wallMs) {
    Ten ten = tens.get(part.startsAt);
    if (ten == null) {
      ten = new Ten(part);
      tens.put(part.startsAt, ten);
    } else {
      ten.part.join(part);
    }
    ten.revision = ++revision;
    ten.partAt = wallMs;
    nextDueAt = wallMs;
  }

  /** Whether it was final for so long that it is no longer corrected. */
  public boolean isOver(long wallMs) {
    return wallMs >= overAt();
  }

  /** When that will be so; the largest time there is while it is not final. */
  public long overAt() {
    return finalAt == NOT_YET ? Long.MAX_VALUE : finalAt + CORRECTED_MS;
  }

  /**
   * What is to be sent now, and is then taken as sent.
   *
   * @param wallMs the time on the wall
   * @param readingSince when the task began to read: quiet before that says nothing
   */
  public Outcome.Accepted due(long wallMs, long readingSince, WindowSettings settings) {
    List<LatencyWindow> latencies = new ArrayList<>();
    List<ThroughputWindow> throughputs = new ArrayList<>();
    nextDueAt = Long.MAX_VALUE;
    for (Map.Entry<Key, List<Ten>> each : windows(settings).entrySet()) {
      Key key = each.getKey();
      Told last = told.get(key);
      long newest = 0;
      long partAt = readingSince;
      for (Ten ten : each.getValue()) {
        newest = Math.max(newest, ten.revision);
        partAt = Math.max(partAt, ten.partAt);
      }
      boolean isNew = last == null || last.revision() < newest;
      if (!isNew && last.isFinal()) {
        continue;
      }
      long endsAt = key.startsAt() + key.sizeMs();
      long finalDue = Math.max(partAt + QUIET_MS, endsAt + settings.grace().toMillis());
      long updateDue = updateDue(key, last, isNew);
      boolean isFinal = wallMs >= finalDue;
      if (isFinal || wallMs >= updateDue) {
        told.put(key, new Told(newest, isFinal, wallMs));
        tell(key, each.getValue(), isFinal, latencies, throughputs);
        updateDue = Long.MAX_VALUE;
      }
      if (!isFinal) {
        nextDueAt = Math.min(nextDueAt, Math.min(finalDue, updateDue));
      }
    }
    if (nextDueAt == Long.MAX_VALUE && finalAt == NOT_YET) {
      finalAt = wallMs;
    }
    return new Outcome.Accepted(latencies, throughputs, List.of(), List.of());
  }

  /** Once it is final, a window is told of no more until it is final again. */
  private static long updateDue(Key key, Told last, boolean isNew) {
    if (last == null) {
      return Long.MIN_VALUE;
    }
    return isNew && !last.isFinal() ? last.at() + Pace.everyMs(key.sizeMs()) : Long.MAX_VALUE;
  }

  /**
   * Wall time at which {@link #due} may have something to send, in ms; the largest there is if
   * nothing before a part comes. Not kept in the bytes: a stored frame is to be asked.
   */
  public long nextDueAt() {
    return nextDueAt;
  }

  private void tell(
      Key key,
      List<Ten> of,
      boolean isFinal,
      List<LatencyWindow> latencies,
      List<ThroughputWindow> throughputs) {
    Tally tally = new Tally();
    int members = 0;
    ServicePart first = of.get(0).part;
    Tier tier = first.tier;
    for (Ten ten : of) {
      if (ten.part.speaksForItself) {
        return;
      }
      tally.append(ten.part.tally);
      members = Math.max(members, ten.part.members);
      tier = tier.compareTo(ten.part.tier) <= 0 ? tier : ten.part.tier;
    }
    Subject subject = new Subject(first.resourceId(), ResourceKind.SERVICE, service, tier);
    OpenWindow window = new OpenWindow(source, key.startsAt(), key.sizeMs(), tally);
    latencies.add(Windows.latency(subject, window, members, isFinal));
    if (Windows.saysThroughput(window)) {
      throughputs.add(Windows.throughput(subject, window, members, isFinal));
    }
  }

  private Map<Key, List<Ten>> windows(WindowSettings settings) {
    Map<Key, List<Ten>> windows = new HashMap<>();
    for (Duration size : settings.sizes()) {
      long sizeMs = size.toMillis();
      for (Map.Entry<Long, Ten> ten : tens.entrySet()) {
        long startsAt = ten.getKey() - Math.floorMod(ten.getKey(), sizeMs);
        windows
            .computeIfAbsent(new Key(sizeMs, startsAt), key -> new ArrayList<>())
            .add(ten.getValue());
      }
    }
    Map<Key, List<Ten>> inOrder =
        new TreeMap<>(
            Comparator.<Key>comparingLong(key -> key.startsAt() + key.sizeMs())
                .thenComparingLong(Key::sizeMs));
    inOrder.putAll(windows);
    return inOrder;
  }

  private static long largest(WindowSettings settings) {
    return settings.sizes().get(settings.sizes().size() - 1).toMillis();
  }
}
