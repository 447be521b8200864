package io.tocsin.streams.latency;

import static io.tocsin.streams.latency.Readings.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Probe;
import io.tocsin.streams.sketch.Sketch;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What is made of values of which not all is known. */
class SpreadProperties {

  @Property(tries = 500)
  void theKnownQuantilesOfABurstAreThoseOfItsSketch(
      @ForAll @Size(min = 1, max = 300) List<@LongRange(min = 1, max = 1_000_000) Long> some) {
    long[] trips = some.stream().mapToLong(trip -> trip).toArray();
    Arrays.sort(trips);
    Probe burst = new Readings("agent-1", "endpoint/shop").burst(NOON, trips.length, trips);
    Sketch sketch = new Sketch();
    Input.Taken taken = (Input.Taken) Probes.read(burst, NOON.toEpochMilli());
    assertThat(Burst.addTo(sketch, taken.reading())).isTrue();
    assertThat(sketch.count()).isEqualTo(trips.length);
    assertThat(sketch.min()).isEqualTo(trips[0] / 1_000.0);
    assertThat(sketch.max()).isEqualTo(trips[trips.length - 1] / 1_000.0);
    for (int percent : new int[] {50, 90, 99}) {
      int rank = Math.max(1, (trips.length * percent + 99) / 100);
      double known = trips[rank - 1] / 1_000.0;
      // the sketch counts ranks from 0
      double fraction = trips.length == 1 ? 0 : (rank - 1.0) / (trips.length - 1);
      assertThat(sketch.quantile(Math.min(1, fraction + 1e-12)))
          .isBetween(known * 0.9899, known * 1.0101);
    }
  }

  @Property(tries = 200)
  void noValueOfABucketIsFurtherFromWhatStandsForItThanSaid(
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double lower,
      @ForAll @DoubleRange(min = 1.01, max = 100) double factor,
      @ForAll @DoubleRange(min = 0, max = 1) double place) {
    double upper = lower * factor;
    double[] bounds = {lower, upper, Double.POSITIVE_INFINITY};
    double value = lower + place * (upper - lower);
    double error = Math.abs(Buckets.representative(bounds, 1) - value) / value;
    assertThat(error).isLessThanOrEqualTo((upper - lower) / (upper + lower) * 1.000001);
    assertThat(Buckets.representative(bounds, 0)).isEqualTo(lower / 2);
    assertThat(Buckets.representative(bounds, 2)).isEqualTo(upper);
  }
}
