package io.tocsin.streams.rollup;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.schemas.Flow;
import io.tocsin.streams.sketch.ExactSum;
import io.tocsin.streams.sketch.Numbers;
import io.tocsin.streams.window.Flows;
import java.io.IOException;

/**
 * What went through several resources together, of one {@link Flows.Kind}. The same to the bit in
 * whatever order they are added.
 */
final class FlowSum {

  private static final double MS_PER_S = 1_000;

  /** Resources that say; one that does not is left out of the sum. */
  private long members;

  private long total;
  private double highest;
  private final ExactSum means = new ExactSum();

  void add(long totalOfOne, double highestOfOne, long coveredMs) {
    if (totalOfOne == Flows.UNKNOWN) {
      return;
    }
    members++;
    total += totalOfOne;
    highest = Math.max(highest, highestOfOne);
    if (coveredMs > 0) {
      means.add(totalOfOne * MS_PER_S / coveredMs);
    }
  }

  void merge(FlowSum other) {
    members += other.members;
    total += other.total;
    highest = Math.max(highest, other.highest);
    means.add(other.means);
  }

  /** With the sum of the members' means; null where none of them says. */
  Flow sumOfMeans() {
    return members == 0 ? null : new Flow(total, means.value(), highest);
  }

  /** With the mean over a time; null where no member says. */
  Flow over(long coveredMs) {
    double mean = coveredMs == 0 ? 0 : total * MS_PER_S / coveredMs;
    return members == 0 ? null : new Flow(total, mean, highest);
  }

  void write(Output out) throws IOException {
    Numbers.writeCount(out, members);
    if (members > 0) {
      Numbers.writeCount(out, total);
      Numbers.writeDouble(out, highest);
      means.write(out);
    }
  }

  static FlowSum read(Input in) throws IOException {
    FlowSum sum = new FlowSum();
    sum.members = Numbers.readCount(in);
    if (sum.members > 0) {
      sum.total = Numbers.readCount(in);
      sum.highest = Numbers.readDouble(in);
      sum.means.read(in);
    }
    return sum;
  }
}
