package io.tocsin.streams.latency;

import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import io.tocsin.streams.sketch.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One series of one resource: its last settled reading, and those that wait, in the order of event
 * time, for their window to become final. Only then is a reading compared with the one before it,
 * so in whatever order they arrived makes no difference. Kept apart from its resource, which may
 * have hundreds: a measurement costs what its own series is long. Not thread-safe; changed in
 * place.
 */
public final class Series {

  private static final byte VERSION = 1;

  private Reading settled;
  private final List<Reading> pending = new ArrayList<>();

  Series() {}

  /** Event time of its newest reading, in ms. */
  long latestAt() {
    return pending.isEmpty() ? settled.at() : pending.get(pending.size() - 1).at();
  }

  /** Takes a reading; says why not if it does not, and null if it does. */
  Refusal take(Reading reading, int mostPending) {
    int place = pending.size();
    for (Reading other : pending) {
      if (reading.isRepeatOf(other)) {
        return Refusal.DUPLICATE;
      }
    }
    if (place >= mostPending) {
      return Refusal.FLOOD;
    }
    while (place > 0 && pending.get(place - 1).isAfter(reading)) {
      place--;
    }
    pending.add(place, reading);
    return null;
  }

  /**
   * Settles all readings before a moment.
   *
   * @return whether there were some
   */
  boolean settle(long until, Tens tens, List<Unrated> unrated) {
    int done = 0;
    while (done < pending.size() && pending.get(done).at() < until) {
      done++;
    }
    if (done == 0) {
      return false;
    }
    tens.add(settled, pending.subList(0, done), unrated);
    settled = pending.get(done - 1);
    pending.subList(0, done).clear();
    return true;
  }

  /** Adds what waits, for the time being. */
  void preview(Tens tens) {
    tens.add(settled, pending, new ArrayList<>());
  }

  /** Bytes of a series. */
  public byte[] encode() {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(256);
    try {
      out.writeByte(VERSION);
      Numbers.writeCount(out, settled == null ? 0 : 1);
      Reading before = null;
      if (settled != null) {
        ReadingCodec.write(out, settled, null);
        before = settled;
      }
      Numbers.writeCount(out, pending.size());
      for (Reading reading : pending) {
        ReadingCodec.write(out, reading, before);
        before = reading;
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("an array in memory refused bytes", impossible);
    }
    return out.trimmedCopy();
  }

  /**
   * The series of some bytes; empty if they are of another version.
   *
   * @throws UncheckedIOException if they end too early
   */
  public static Optional<Series> decode(byte[] bytes) {
    ByteArrayInput in = ByteArrayInput.wrap(bytes);
    try {
      if (in.readByte() != VERSION) {
        return Optional.empty();
      }
      Series series = new Series();
      Reading before = null;
      if (Numbers.readCount(in) == 1) {
        series.settled = ReadingCodec.read(in, null);
        before = series.settled;
      }
      for (long left = Numbers.readCount(in); left > 0; left--) {
        before = ReadingCodec.read(in, before);
        series.pending.add(before);
      }
      return Optional.of(series);
    } catch (IOException cut) {
      throw new UncheckedIOException("the stored state of a series is cut short", cut);
    }
  }
}
