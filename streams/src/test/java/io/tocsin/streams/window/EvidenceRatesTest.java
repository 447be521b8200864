package io.tocsin.streams.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.schemas.Band;
import io.tocsin.schemas.CpuSample;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.InterfaceSample;
import io.tocsin.schemas.MemorySample;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.VcpuSample;
import io.tocsin.schemas.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What virtualization costs, and what else bottlenecks are known by. */
class EvidenceRatesTest {

  /** Each second: 100 ms of throttling in 3 of 10 periods, or 200 ms of delay of two vCPUs. */
  private static Sample sample(ResourceKind kind, long second) {
    boolean isVm = kind == ResourceKind.VM;
    CpuSample.Builder cpu =
        CpuSample.newBuilder().setCores(2).setUserUs(second * 500_000).setSystemUs(0);
    if (isVm) {
      cpu.setVcpus(List.of(vcpu(0, second), vcpu(1, second)));
    } else {
      cpu.setThrottledUs(second * 40_000)
          .setQuotaPeriods(second * 10)
          .setThrottledPeriods(second * 3)
          .setRunning(6L);
    }
    Instant at = Examples.NOON.plusSeconds(second);
    return Sample.newBuilder()
        .setResourceId("x/1")
        .setKind(kind)
        .setOrigin(Examples.origin(second))
        .setAt(at)
        .setCpu(cpu.build())
        .setMemory(
            MemorySample.newBuilder()
                .setTotalBytes(100)
                .setAvailableBytes(50L)
                .setSwapInPages(second * 30)
                .setSwapOutPages(second * 20)
                .setMajorFaults(second * 7)
                .setOomKills(second)
                .build())
        .setInterfaces(
            List.of(
                InterfaceSample.newBuilder()
                    .setName("eth0")
                    .setRxBytes(0)
                    .setTxBytes(0)
                    .setRxPackets(second * 60)
                    .setTxPackets(second * 30)
                    .setRxDropped(second * 10)
                    .build()))
        .build();
  }

  private static VcpuSample vcpu(int number, long second) {
    return VcpuSample.newBuilder()
        .setNumber(number)
        .setTimeUs(0)
        .setDelayUs(second * 200_000)
        .build();
  }

  private static Window window(ResourceKind kind) {
    ResourceState state = ResourceState.unknown();
    WindowSettings settings = WindowSettings.defaults().withSpread(Duration.ZERO);
    for (long second = 1; second < 9; second++) {
      long at = Examples.NOON.plusSeconds(second).toEpochMilli();
      state.accept(sample(kind, second), at, at, settings);
    }
    return state.current(settings).get(0);
  }

  @Test
  void aContainersOverheadIsWhatItsQuotaHeldBack() {
    Window window = window(ResourceKind.CONTAINER);
    assertThat(window.getThrottledPercent().getMean()).isCloseTo(2, within(1e-9));
    assertThat(window.getOverheadPercent()).isCloseTo(2, within(1e-9));
    assertThat(window.getOverheadBand()).isEqualTo(Band.WITHIN);
  }

  @Test
  void aVmsOverheadIsTheDelayOfItsVcpus() {
    Window window = window(ResourceKind.VM);
    assertThat(window.getVcpuDelayPercent().getMean()).isCloseTo(20, within(1e-9));
    assertThat(window.getOverheadPercent()).isCloseTo(20, within(1e-9));
    assertThat(window.getOverheadBand()).isEqualTo(Band.ABOVE);
  }

  @Test
  void whatIsNotVirtualHasNone() {
    assertThat(window(ResourceKind.HOST).getOverheadPercent()).isNull();
    assertThat(window(ResourceKind.HOST).getOverheadBand()).isNull();
  }

  @Test
  void bandsAreTheMissions() {
    assertThat(Overhead.band(ResourceKind.VM, 4.9)).isEqualTo(Band.BELOW);
    assertThat(Overhead.band(ResourceKind.VM, 15.0)).isEqualTo(Band.WITHIN);
    assertThat(Overhead.band(ResourceKind.CONTAINER, 0.9)).isEqualTo(Band.BELOW);
    assertThat(Overhead.band(ResourceKind.CONTAINER, 3.1)).isEqualTo(Band.ABOVE);
  }

  @Test
  void evidenceIsMadeOfCounters() {
    Reading older = Reading.of(sample(ResourceKind.CONTAINER, 1), 1_000);
    Reading newer = Reading.of(sample(ResourceKind.CONTAINER, 3), 3_000);
    Interval interval = ((Rating.Rated) Rates.between(older, newer, 60_000)).interval();
    assertThat(interval.value(Metric.THROTTLED_PERIODS_PERCENT)).isCloseTo(30, within(1e-9));
    assertThat(interval.value(Metric.RUN_QUEUE_PER_CORE)).isEqualTo(3);
    assertThat(interval.value(Metric.SWAP_PAGES)).isEqualTo(50);
    assertThat(interval.value(Metric.MAJOR_FAULTS)).isEqualTo(7);
    assertThat(interval.value(Metric.OOM_KILLS)).isEqualTo(2);
    assertThat(interval.value(Metric.PACKET_LOSS_PERCENT)).isCloseTo(10, within(1e-9));
    assertThat(interval.value(Metric.DISK_QUEUE)).isNaN();
  }
}
