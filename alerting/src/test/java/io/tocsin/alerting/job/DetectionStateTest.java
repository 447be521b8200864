package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.detect.Baseline;
import io.tocsin.alerting.detect.BaselineSettings;
import io.tocsin.alerting.detect.BaselineState;
import io.tocsin.alerting.detect.Bins;
import io.tocsin.alerting.detect.Edge;
import io.tocsin.alerting.detect.EdgeDifference;
import io.tocsin.alerting.detect.EdgeSettings;
import io.tocsin.alerting.detect.RateOfChange;
import io.tocsin.alerting.detect.Ring;
import io.tocsin.alerting.detect.SeasonState;
import io.tocsin.alerting.detect.SeasonalBaseline;
import io.tocsin.alerting.detect.Tail;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A detector that goes on from a state kept by Flink judges as if it had never stopped. */
class DetectionStateTest {

  private static final Instant START = Instant.parse("2014-02-14T00:00:00Z");
  private static final int VALUES = 3000;

  private final Random random = new Random(5);

  @ParameterizedTest
  @ValueSource(
      classes = {
        Ring.class,
        Tail.class,
        Bins.class,
        BaselineState.class,
        SeasonState.class,
        Edge.class,
        EdgeDifference.State.class,
        RateOfChange.State.class
      })
  void statesNeedNoKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @Test
  void aBaselineGoesOnAsIfItHadNotStopped() throws Exception {
    Baseline baseline = new Baseline(BaselineSettings.DEFAULT);
    BaselineState kept = BaselineState.empty();
    BaselineState restored = BaselineState.empty();
    int alarms = 0;
    for (int i = 0; i < VALUES; i++) {
      double value = value(i);
      Baseline.Judged expected = baseline.update(kept, at(i), value);
      if (i % 100 == 0) {
        restored = roundTrip(BaselineState.class, restored);
      }
      Baseline.Judged found = baseline.update(restored, at(i), value);
      assertThat(found).isEqualTo(expected);
      kept = expected.state();
      restored = found.state();
      alarms += found.isAlarm() ? 1 : 0;
    }
    assertThat(alarms).isPositive();
    assertThat(size(BaselineState.class, kept)).isLessThan(2700);
  }

  @Test
  void aSeasonalBaselineGoesOnAsIfItHadNotStopped() throws Exception {
    SeasonalBaseline seasonal = new SeasonalBaseline(BaselineSettings.DEFAULT);
    SeasonState kept = SeasonState.empty();
    SeasonState restored = SeasonState.empty();
    for (int i = 0; i < VALUES; i++) {
      double value = value(i);
      SeasonalBaseline.Judged expected = seasonal.update(kept, at(i), value);
      if (i % 100 == 0) {
        restored = roundTrip(SeasonState.class, restored);
      }
      assertThat(seasonal.update(restored, at(i), value)).isEqualTo(expected);
      kept = expected.state();
      restored = expected.state();
    }
    assertThat(size(SeasonState.class, kept)).isLessThan(2300);
  }

  @Test
  void theCallsToAResourceComeBackAsTheyWere() throws Exception {
    EdgeDifference edges = new EdgeDifference(EdgeSettings.DEFAULT);
    EdgeDifference.State state = EdgeDifference.State.of("cart");
    assertThat(roundTrip(EdgeDifference.State.class, state)).isEqualTo(state);
    for (int i = 0; i < 100; i++) {
      state = edges.update(state, "web", at(i), random.nextDouble(), 0).state();
      state = edges.update(state, "checkout", at(i), random.nextDouble(), 0).state();
    }
    assertThat(roundTrip(EdgeDifference.State.class, state)).isEqualTo(state);
    assertThat(size(EdgeDifference.State.class, state)).isLessThan(2200);
  }

  @Test
  void theOtherStatesComeBackAsTheyWere() throws Exception {
    RateOfChange rate = new RateOfChange(Duration.ofHours(1), 10);
    RateOfChange.State points = RateOfChange.State.empty();
    for (int i = 0; i < 20; i++) {
      points = rate.update(points, at(i), i).state();
    }
    assertThat(roundTrip(RateOfChange.State.class, points)).isEqualTo(points);
  }

  private double value(int index) {
    return random.nextGaussian() + (index == VALUES - 200 ? 50 : 0);
  }

  private static Instant at(int index) {
    return START.plus(Duration.ofMinutes(5).multipliedBy(index));
  }

  private static <T> T roundTrip(Class<T> type, T value) throws Exception {
    return serializer(type).deserialize(new DataInputDeserializer(bytes(type, value)));
  }

  private static <T> int size(Class<T> type, T value) throws Exception {
    return bytes(type, value).length;
  }

  private static <T> byte[] bytes(Class<T> type, T value) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(256);
    serializer(type).serialize(value, out);
    return out.getCopyOfBuffer();
  }

  private static <T> TypeSerializer<T> serializer(Class<T> type) {
    SerializerConfigImpl config = new SerializerConfigImpl();
    config.setGenericTypes(false);
    return TypeInformation.of(type).createSerializer(config);
  }
}
