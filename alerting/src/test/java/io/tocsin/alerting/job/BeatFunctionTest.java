package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.job.Records.StageClock;
import io.tocsin.schemas.Beat;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BeatFunctionTest {

  private final Records records = new Records();
  private final StageClock clock = new StageClock(Records.at(0));
  private final BeatFunction function = new BeatFunction(new JobParts(Records.CLUSTER, clock));
  private final List<Beat> beats = new ArrayList<>();

  BeatFunctionTest() {
    function.open(new OpenContext() {});
  }

  @AfterEach
  void close() {
    function.close();
  }

  private void window(String id, double latest, double now) {
    clock.set(Records.at(now));
    Window window =
        Window.newBuilder()
            .setResourceId(id)
            .setKind(ResourceKind.HOST)
            .setStartsAt(Records.at(latest - 5))
            .setEndsAt(Records.at(latest + 5))
            .setSizeMs(10_000)
            .setLatestAt(Records.at(latest))
            .setIsFinal(false)
            .setIntervals(1)
            .build();
    function.flatMap(records.of(Topics.WINDOWS, window), new ListCollector<>(beats));
  }

  @Test
  void aWindowOfAHostBeatsAndMoreOfThemBeatNoFaster() {
    window("host/web-1", 0, 1);
    window("host/web-2", 1, 2);
    window("host/web-1", 6, 7);
    assertThat(beats).extracting(Beat::getSampledAt).containsExactly(Records.at(0), Records.at(6));
    assertThat(beats.get(0).getJudgedAt()).isEqualTo(Records.at(1));
  }

  @Test
  void aBacklogIsNoSignOfLife() {
    window("host/web-1", 0, 120);
    assertThat(beats).isEmpty();
  }

  @Test
  void rollUpsAndProbesDoNotBeat() {
    window("rollup/fleet", 0, 1);
    function.flatMap(
        records.of(Topics.PROBES, Examples.probe(Health.UP, Records.at(1))),
        new ListCollector<>(beats));
    assertThat(beats).isEmpty();
  }
}
