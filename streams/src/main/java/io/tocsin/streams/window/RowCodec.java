package io.tocsin.streams.window;

import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.streams.sketch.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A row of the {@link Journal}: a reading as the difference to the newest one before it. */
final class RowCodec {

  private RowCodec() {}

  static byte[] encode(long generation, Reading reading, long wallMs, Reading reference) {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(128);
    try {
      Numbers.writeCount(out, generation);
      Numbers.writeLong(out, wallMs - reading.at());
      write(out, reading, reference);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an array in memory refused bytes", impossible);
    }
    return out.trimmedCopy();
  }

  /**
   * Lets a state take the reading of a row.
   *
   * @return false, and nothing is changed, if the row belongs to another snapshot
   */
  static boolean replay(byte[] row, ResourceState state, WindowSettings settings) {
    Input in = ByteArrayInput.wrap(row);
    try {
      if (Numbers.readCount(in) != state.journal.generation) {
        return false;
      }
      long behind = Numbers.readLong(in);
      Reading reading = read(in, state.newest());
      state.take(reading, reading.at() + behind, settings);
      state.journal.replayed();
      return true;
    } catch (IOException cut) {
      throw new UncheckedIOException("a stored reading of a resource is cut short", cut);
    }
  }

  /** Writes a reading that has the shape of {@code reference}. */
  static void write(Output out, Reading reading, Reading reference) throws IOException {
    Numbers.writeLong(out, reading.at() - reference.at());
    Numbers.writeLong(out, reading.measuredAt() - reading.at());
    Numbers.writeLong(out, reading.sequence() - reference.sequence());
    Numbers.writeDouble(out, reading.memoryPercent());
    Numbers.writeDouble(out, reading.filesystemPercent());
    for (int counter = 0; counter < reading.counters().length; counter++) {
      Numbers.writeLong(out, reading.counters()[counter] - reference.counters()[counter]);
    }
  }

  /** Reads one. */
  static Reading read(Input in, Reading reference) throws IOException {
    long at = reference.at() + Numbers.readLong(in);
    long measuredAt = at + Numbers.readLong(in);
    long sequence = reference.sequence() + Numbers.readLong(in);
    double memoryPercent = Numbers.readDouble(in);
    double filesystemPercent = Numbers.readDouble(in);
    long[] counters = reference.counters().clone();
    for (int counter = 0; counter < counters.length; counter++) {
      counters[counter] += Numbers.readLong(in);
    }
    return new Reading(
        at, measuredAt, sequence, memoryPercent, filesystemPercent, reference.shape(), counters);
  }
}
