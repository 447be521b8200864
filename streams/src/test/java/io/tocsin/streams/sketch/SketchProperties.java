package io.tocsin.streams.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class SketchProperties {

  @Property(tries = 200)
  void quantilesAreWithinOnePercent(
      @ForAll("values") @Size(min = 1, max = 300) List<Double> values) {
    Sketch sketch = new Sketch();
    values.forEach(value -> sketch.add(value, 1_000));
    List<Double> sorted = values.stream().sorted().toList();
    for (double fraction : new double[] {0.5, 0.95, 0.99}) {
      double exact = sorted.get((int) Math.floor(fraction * (sorted.size() - 1)));
      assertThat(sketch.quantile(fraction)).isBetween(exact * 0.9899, exact * 1.0101);
    }
  }

  @Provide
  Arbitrary<List<Double>> values() {
    return Arbitraries.doubles().between(0.01, 1e9).list();
  }

  @Property(tries = 200)
  void theMergeOfPartsInAnyOrderIsTheSketchOfAllToTheBit(
      @ForAll("values") @Size(min = 1, max = 100) List<Double> values, @ForAll Random random)
      throws IOException {
    Sketch whole = new Sketch();
    List<Sketch> parts = new ArrayList<>();
    for (double value : values) {
      whole.add(value, 997);
      if (parts.isEmpty() || random.nextInt(4) == 0) {
        parts.add(new Sketch());
      }
      parts.get(random.nextInt(parts.size())).add(value, 997);
    }
    Collections.shuffle(parts, random);
    Sketch merged = new Sketch();
    parts.forEach(merged::merge);
    assertThat(bytes(merged)).isEqualTo(bytes(whole));
  }

  @Property(tries = 200)
  void bytesKeepAllOfIt(@ForAll("values") @Size(max = 100) List<Double> values) throws IOException {
    Sketch sketch = new Sketch();
    values.forEach(value -> sketch.add(value, 1_000));
    Sketch read = Sketch.read(ByteArrayInput.wrap(bytes(sketch)));
    assertThat(bytes(read)).isEqualTo(bytes(sketch));
    assertThat(read.figure()).isEqualTo(sketch.figure());
    assertThat(read.count()).isEqualTo(values.size());
  }

  @Property(tries = 200)
  void theMeanIsThatOfTheValues(@ForAll("values") @Size(min = 1, max = 300) List<Double> values) {
    Sketch sketch = new Sketch();
    values.forEach(value -> sketch.add(value, 1_000));
    double mean = values.stream().mapToDouble(value -> value).average().orElseThrow();
    assertThat(sketch.mean()).isBetween(mean * 0.999999 - 1e-6, mean * 1.000001 + 1e-6);
  }

  private static byte[] bytes(Sketch sketch) throws IOException {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
    sketch.write(out);
    return out.trimmedCopy();
  }
}
