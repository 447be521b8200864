package io.tocsin.streams.window;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.streams.sketch.Numbers;
import java.io.IOException;

/**
 * What a resource has, as the newest sample of a window says: what its percentages are of.
 *
 * @param cores cores it may use; NaN if not known
 * @param memoryBytes memory it may use; {@link Reading#ABSENT} if not known
 * @param filesystemPercent use of the fullest file system that it can write to; NaN if not known
 * @param filesystem where that is mounted; null if not known
 */
public record Capacity(
    double cores, long memoryBytes, double filesystemPercent, String filesystem) {

  /** Nothing is known. */
  public static final Capacity UNKNOWN = new Capacity(Double.NaN, Reading.ABSENT, Double.NaN, null);

  /** Whether the cores are known. */
  public boolean hasCores() {
    return cores >= 0;
  }

  /** Whether the memory is known. */
  public boolean hasMemory() {
    return memoryBytes >= 0;
  }

  void write(Output out) throws IOException {
    Numbers.writeDouble(out, cores);
    Numbers.writeLong(out, memoryBytes);
    Numbers.writeDouble(out, filesystemPercent);
    Numbers.writeText(out, filesystem);
  }

  static Capacity read(Input in) throws IOException {
    return new Capacity(
        Numbers.readDouble(in), Numbers.readLong(in), Numbers.readDouble(in), Numbers.readText(in));
  }
}
