package io.tocsin.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredTypesTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        SeriesState.class,
        Seen.class,
        ResourceState.class,
        Learnt.class,
        Outcome.Fact.class,
        EdgeLearnt.class,
        StepAlert.class,
        SequenceState.class,
        ShadowState.class
      })
  void whatIsStoredNeedsNoKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @Test
  void aSeriesComesBackAsItWas() {
    Scene scene = new Scene(TestRules.load(0, 10)).value(1, 95).value(2, 50);
    SeriesState state = scene.store().series("load/");
    assertThat(StoredTypes.roundTrip(SeriesState.class, state)).isEqualTo(state);
    ResourceState resource = scene.inventory(3, 1_000).store().resource();
    assertThat(StoredTypes.roundTrip(ResourceState.class, resource)).isEqualTo(resource);
  }

  @Test
  void countsComeBackAsTheyWere() {
    BurnState state =
        new BurnState(List.of(BurnTier.empty(10_000, 3).with(25_000, 1, 2)), 5, 25_000);
    Learnt learnt = new Learnt("d", Scene.at(1), 1, 2, learntOf(30), state);
    Learnt back = StoredTypes.roundTrip(Learnt.class, learnt);
    assertThat(StoredTypes.bytes(Learnt.class, back))
        .isEqualTo(StoredTypes.bytes(Learnt.class, learnt));
    assertThat(back.burn().tiers().get(0).total()).containsExactly(0, 0, 2);
    assertThat(back.memory()).isEqualTo(learnt.memory());
  }

  private static Memory learntOf(int values) {
    Memory memory = null;
    for (int i = 0; i < values; i++) {
      memory = new ShippedDetectors().baseline(true).judge(memory, Scene.at(i * 600), i).memory();
    }
    return memory;
  }

  @Test
  void whatWasLearntOfASeriesHasABound() {
    // 4,424 when this was written.
    int fortnight = StoredTypes.bytes(Memory.class, learntOf(14 * 144)).length;
    assertThat(fortnight).isLessThan(6_000);
  }

  @Test
  void anIdleResourceTakesLessThanTwoKilobytes() {
    Rule load = TestRules.load(60, 60);
    Scene scene = new Scene(load, TestRules.absent(), TestRules.down(0, 0));
    scene.inventory(0, 1_000).up(0, true);
    // A host's windows of three sizes, four kinds of shortage, links, disks and latencies.
    for (int series = 0; series < 20; series++) {
      scene.see(
          new Observation(
              SignalKind.APPLICATION,
              Scene.ID,
              ResourceKind.HOST,
              "disk-series-" + series,
              "shop",
              Tier.CORE,
              Map.of(),
              Scene.at(1),
              Scene.at(1),
              0,
              name -> 50.0),
          1);
    }
    int size = StoredTypes.size(scene.store());
    // 1,756 when this was written.
    assertThat(size).isLessThan(2_048);
  }
}
