package io.tocsin.streams.sketch;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import java.io.IOException;

/**
 * A sum of numbers that are not negative, the same in whatever order they are added: doubles are
 * not, and figures would then depend on which of two resources was heard of first. Fixed-point, in
 * steps of 2^-10, 126 bits wide. A single number above 2^53 counts as that.
 */
public final class ExactSum {

  private static final int FRACTION_BITS = 10;
  private static final double SCALE = 1L << FRACTION_BITS;

  private long high;

  /** The lower 63 bits; never negative. */
  private long low;

  /** A sum of nothing. */
  public ExactSum() {}

  /** Adds a number that is not negative. */
  public void add(double number) {
    addSteps(Math.round(number * SCALE));
  }

  /** Adds another sum, which is left alone. */
  public void add(ExactSum other) {
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

  /** The sum so far. */
  public double value() {
    return (high * 0x1p63 + low) / SCALE;
  }

  /** As bytes. */
  public void write(Output out) throws IOException {
    Numbers.writeCount(out, high);
    Numbers.writeCount(out, low);
  }

  /** From bytes, over what was there. */
  public void read(Input in) throws IOException {
    high = Numbers.readCount(in);
    low = Numbers.readCount(in);
  }
}
