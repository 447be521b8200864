package io.tocsin.streams.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.streams.window.Interval;
import io.tocsin.streams.window.Metric;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DetectorProperties {

  @Property(tries = 200)
  void aValueThatJittersAboutTheThresholdIsToldOnceAndNeverEnds(
      @ForAll @Size(value = 200) List<@DoubleRange(min = 76.1, max = 90) Double> values) {
    Intervals resource = new Intervals(ResourceKind.HOST);
    resource.seconds(6, Map.of(Metric.CPU_PERCENT, 90.0));
    values.forEach(value -> resource.seconds(1, Map.of(Metric.CPU_PERCENT, value)));
    assertThat(resource.told).allMatch(Bottleneck::getActive);
    assertThat(resource.told.stream().map(Bottleneck::getSince).distinct()).hasSize(1);
    assertThat(resource.told.size()).isLessThanOrEqualTo(1 + 200 / 5);
  }

  @Property(tries = 200)
  void whateverComesAnEpisodeLastsLongEnoughAndIsToldNoMoreThanEveryFiveSeconds(
      @ForAll @Size(value = 300) List<@DoubleRange(min = 60, max = 100) Double> values) {
    Intervals resource = new Intervals(ResourceKind.HOST);
    values.forEach(value -> resource.seconds(1, Map.of(Metric.CPU_PERCENT, value)));
    long ends = resource.told.stream().filter(bottleneck -> !bottleneck.getActive()).count();
    assertThat(ends).isLessThanOrEqualTo(300 / 15);
    assertThat(resource.told.size()).isLessThanOrEqualTo((int) (300 / 5 + 1 + ends));
  }

  /** Kinds of resource and figures that no other figure explains away. */
  @Property
  void confidenceAndSeverityRiseWithEachFigure(
      @ForAll @IntRange(max = 22) int place,
      @ForAll @DoubleRange(max = 2) double low,
      @ForAll @DoubleRange(max = 2) double high,
      @ForAll @Size(value = 23) List<@DoubleRange(max = 2) Double> others) {
    Metric metric = Metric.values()[place];
    double[] values = new double[Metric.COUNT];
    for (Metric other : Metric.values()) {
      values[other.ordinal()] = others.get(other.ordinal()) * scale(other);
    }
    double[] less = values.clone();
    double[] more = values.clone();
    less[metric.ordinal()] = Math.min(low, high) * scale(metric);
    more[metric.ordinal()] = Math.max(low, high) * scale(metric);
    Thresholds thresholds = Thresholds.defaults();
    Diagnosis diagnosis = new Diagnosis(TuningCatalogue.builtIn());
    Intervals resource = new Intervals(ResourceKind.HOST);
    Episode episode = new Episode(0, 1_000, true, false, Episode.NOT_BELOW, 1_000);
    for (var kind : Episodes.KINDS) {
      Interval before = new Interval(1_000, 1_000, 1_000, less);
      Interval after = new Interval(1_000, 1_000, 1_000, more);
      if (!(Sign.worstRatio(kind, before, thresholds) > 1)) {
        continue; // not told
      }
      Bottleneck was = diagnosis.of(resource.subject, kind, episode, before, thresholds);
      Bottleneck is = diagnosis.of(resource.subject, kind, episode, after, thresholds);
      assertThat(is.getConfidence()).isBetween(0.0, 1.0);
      assertThat(is.getConfidence())
          .as("%s of %s, %s", metric, kind, Arrays.toString(values))
          .isGreaterThanOrEqualTo(was.getConfidence() - 1e-12);
      assertThat(is.getSeverity()).isGreaterThanOrEqualTo(was.getSeverity());
      assertThat(is.getAdvice()).hasSizeBetween(1, TuningCatalogue.MOST_ADVICE);
    }
  }

  /** About where a metric begins to matter. */
  private static double scale(Metric metric) {
    return switch (metric) {
      case IO_OPERATIONS -> 1_000;
      case IO_BYTES, NETWORK_BYTES -> 1e8;
      case SWAP_PAGES -> 100;
      case MAJOR_FAULTS -> 500;
      case CPU_PERCENT, MEMORY_PERCENT, IO_PERCENT, NETWORK_PERCENT, THROTTLED_PERIODS_PERCENT ->
          50;
      case OOM_KILLS -> 0;
      case RUN_QUEUE_PER_CORE -> 1;
      case RETRANSMIT_PERCENT, PACKET_LOSS_PERCENT -> 5;
      default -> 10;
    };
  }

  @Property
  void episodesGoThroughTheirBytes(
      @ForAll @Size(value = 4) List<@IntRange(max = 7) Integer> flags,
      @ForAll long since,
      @ForAll long seenAt,
      @ForAll long toldAt) {
    Episode[] byKind = new Episode[4];
    for (int kind = 0; kind < 4; kind++) {
      int flag = flags.get(kind);
      byKind[kind] =
          (flag & 4) == 0
              ? null
              : new Episode(
                  since, seenAt, (flag & 1) != 0, (flag & 2) != 0, Episode.NOT_BELOW, toldAt);
    }
    Episodes episodes = Episodes.of(byKind);
    assertThat(Episodes.decode(episodes.encode())).contains(episodes);
    assertThat(episodes.isEmpty()).isEqualTo(flags.stream().allMatch(flag -> (flag & 4) == 0));
  }

  @Property(tries = 100)
  void theStepsDependOnTheInputAlone(
      @ForAll @Size(value = 60) List<@DoubleRange(min = 60, max = 100) Double> values) {
    Map<String, List<Bottleneck>> runs = new HashMap<>();
    for (String run : List.of("one", "other")) {
      Intervals resource = new Intervals(ResourceKind.VM);
      values.forEach(value -> resource.seconds(1, Map.of(Metric.CPU_PERCENT, value)));
      runs.put(run, resource.told);
    }
    assertThat(runs.get("one")).isEqualTo(runs.get("other"));
  }
}
