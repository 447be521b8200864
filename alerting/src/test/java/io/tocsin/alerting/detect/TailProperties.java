package io.tocsin.alerting.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TailProperties {

  private static final int KEPT = 5;
  private static final long GENERATION = 10;

  @Property
  void keepsTheGreatestBlocksOfTwoGenerations(
      @ForAll @Size(max = 60) List<@DoubleRange(min = -9, max = 9) Double> values,
      @ForAll @IntRange(min = 1, max = 4) int valuesOfBlock) {
    Tail tail = Tail.empty();
    TreeMap<Long, Double> blocks = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      long block = i / valuesOfBlock;
      tail = tail.with(block, values.get(i), KEPT, GENERATION);
      blocks.merge(block, values.get(i), Math::max);
    }
    if (!blocks.isEmpty()) {
      assertThat(tail.openMax()).isEqualTo(blocks.remove(blocks.lastKey()));
      // A generation ends when its successor's first block opens.
      long current = tail.openBlock() / GENERATION * GENERATION;
      assertThat(tail.top()).containsExactly(greatest(blocks, current, Long.MAX_VALUE));
      assertThat(tail.formerTop()).containsExactly(greatest(blocks, current - GENERATION, current));
      assertThat(tail.greatest(KEPT))
          .containsExactly(greatest(blocks, current - GENERATION, Long.MAX_VALUE));
    }
  }

  private static double[] greatest(TreeMap<Long, Double> blocks, long from, long to) {
    List<Double> found = new ArrayList<>(blocks.subMap(from, to).values());
    found.sort(Comparator.reverseOrder());
    return found.stream().limit(KEPT).mapToDouble(Double::doubleValue).toArray();
  }
}
