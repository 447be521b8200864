package io.tocsin.alerting.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BinsProperties {

  private static final int KEPT = 6;

  @Property
  void keepsTheMeansOfTheLatestBinsAndKnowsWhichHadNone(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> steps) {
    Bins bins = Bins.empty();
    TreeMap<Long, double[]> naive = new TreeMap<>();
    long bin = 1000;
    for (int i = 0; i < steps.size(); i++) {
      bin += steps.get(i);
      bins = bins.with(bin, i, KEPT);
      double[] sum = naive.computeIfAbsent(bin, key -> new double[2]);
      sum[0] += i;
      sum[1]++;
    }
    long oldest = Math.max(naive.firstKey(), bin - KEPT);
    double[] expected = new double[(int) (bin - oldest)];
    for (int i = 0; i < expected.length; i++) {
      double[] sum = naive.get(oldest + i);
      expected[i] = sum == null ? Double.NaN : sum[0] / sum[1];
    }
    assertThat(bins.closed()).containsExactly(expected);
  }
}
