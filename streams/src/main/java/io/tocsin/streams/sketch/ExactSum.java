package io.tocsin.streams.sketch;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import java.io.IOException;

/**
 * A sum of numbers that are not negative, the same in whatever order they are added: doubles are
 * not, and figures would then depend on which of two resources was heard of first. Fixed-point, in
 * steps of 2^-10, 126 bits wide. A single number above 2^53 counts as that.
 */
final class ExactSum {

  private static final int FRACTION_BITS = 10;
  private static final double SCALE = 1L << FRACTION_BITS;

  private long high;

  /** The lower 63 bits; never negative. */
  private long low;

  void add(double number) {
    addSteps(Math.round(number * SCALE));
  }

  void add(ExactSum other) {
    high += other.high;
    addSteps(other.low);
  }

  private void addSteps(long steps) {
    long sum = low + steps;
    if (sum < 0) {
      sum &= Long.MAX_VALUE;
      high++;
    }
    low = sum;
  }

  double value() {
    return (high * 0x1p63 + low) / SCALE;
  }

  void write(Output out) throws IOException {
    Numbers.writeCount(out, high);
    Numbers.writeCount(out, low);
  }

  void read(Input in) throws IOException {
    high = Numbers.readCount(in);
    low = Numbers.readCount(in);
  }
}
