package io.tocsin.streams.bottleneck;

import static io.tocsin.streams.bottleneck.Intervals.firstOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Advice;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.BottleneckSeverity;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.streams.window.Metric;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {

  @ParameterizedTest
  @CsvSource({
    "STEAL_PERCENT,             12, CPU",
    "VCPU_DELAY_PERCENT,        11, CPU",
    "THROTTLED_PERIODS_PERCENT, 60, CPU",
    "PACKET_LOSS_PERCENT,        6, NETWORK"
  })
  void aShortageThatIsMeasuredAsSuchNeedsNoUse(Metric metric, double value, BottleneckKind kind) {
    Bottleneck bottleneck =
        firstOf(ResourceKind.VM, Map.of(Metric.CPU_PERCENT, 5.0, metric, value));
    assertThat(bottleneck.getKind()).isEqualTo(kind);
    assertThat(bottleneck.getValue()).isEqualTo(value);
    assertThat(bottleneck.getUnit()).startsWith("% ");
    assertThat(bottleneck.getSeverity()).isEqualTo(BottleneckSeverity.LOW);
  }

  @ParameterizedTest
  @CsvSource({
    "CPU_PERCENT,        90, CPU_PRESSURE,              15",
    "CPU_PERCENT,        90, RUN_QUEUE_PER_CORE,         2",
    "CPU_PERCENT,        90, STEAL_PERCENT,              6",
    "CPU_PERCENT,        90, VCPU_DELAY_PERCENT,         6",
    "CPU_PERCENT,        90, THROTTLED_PERIODS_PERCENT, 30",
    "MEMORY_PERCENT,     92, MEMORY_PRESSURE,           15",
    "MEMORY_PERCENT,     92, MEMORY_STALL,               6",
    "MEMORY_PERCENT,     92, SWAP_PAGES,               200",
    "MEMORY_PERCENT,     92, MAJOR_FAULTS,             600",
    "IO_OPERATIONS,    1200, IO_PERCENT,                70",
    "IO_OPERATIONS,    1200, DISK_QUEUE,                12",
    "IO_OPERATIONS,    1200, IO_PRESSURE,               15",
    "IO_OPERATIONS,    1200, IO_STALL,                   6",
    "NETWORK_PERCENT,    85, RETRANSMIT_PERCENT,         2",
    "NETWORK_PERCENT,    85, PACKET_LOSS_PERCENT,        2"
  })
  void eachEvidenceMakesItSurerAndWorseAndIsNamed(
      Metric raised, double value, Metric evidence, double agreeing) {
    Bottleneck alone = firstOf(ResourceKind.HOST, Map.of(raised, value));
    Bottleneck confirmed = firstOf(ResourceKind.HOST, Map.of(raised, value, evidence, agreeing));
    assertThat(confirmed.getConfidence()).isGreaterThan(alone.getConfidence());
    assertThat(confirmed.getSeverity()).isGreaterThan(BottleneckSeverity.LOW);
    assertThat(confirmed.getEvidence()).contains(MetricWords.of(evidence, agreeing));
    assertThat(confirmed.getThreshold()).isEqualTo(alone.getThreshold());
  }

  @ParameterizedTest
  @CsvSource({
    "CPU_PERCENT,     90, CPU_PRESSURE",
    "MEMORY_PERCENT,  92, MEMORY_PRESSURE",
    "MEMORY_PERCENT,  92, SWAP_PAGES",
    "IO_OPERATIONS, 1200, IO_PERCENT",
    "IO_OPERATIONS, 1200, DISK_QUEUE",
    "NETWORK_PERCENT, 85, RETRANSMIT_PERCENT"
  })
  void calmEvidenceMakesItLessSure(Metric raised, double value, Metric calm) {
    Bottleneck alone = firstOf(ResourceKind.HOST, Map.of(raised, value));
    Bottleneck doubted = firstOf(ResourceKind.HOST, Map.of(raised, value, calm, 0.0));
    assertThat(doubted.getConfidence()).isLessThan(alone.getConfidence());
    assertThat(doubted.getSeverity()).isEqualTo(alone.getSeverity());
  }

  @Test
  void moreEvidenceMakesItSurerStill() {
    double one =
        firstOf(ResourceKind.HOST, Map.of(Metric.CPU_PERCENT, 90.0, Metric.CPU_PRESSURE, 20.0))
            .getConfidence();
    double two =
        firstOf(
                ResourceKind.HOST,
                Map.of(
                    Metric.CPU_PERCENT, 90.0,
                    Metric.CPU_PRESSURE, 20.0,
                    Metric.RUN_QUEUE_PER_CORE, 3.0))
            .getConfidence();
    assertThat(two).isGreaterThan(one).isLessThanOrEqualTo(1);
  }

  @Test
  void littleStealIsTheRuleAndSaysNothing() {
    double alone = firstOf(ResourceKind.VM, Map.of(Metric.CPU_PERCENT, 90.0)).getConfidence();
    double little =
        firstOf(ResourceKind.VM, Map.of(Metric.CPU_PERCENT, 90.0, Metric.STEAL_PERCENT, 0.1))
            .getConfidence();
    assertThat(little).isEqualTo(alone);
  }

  @Test
  void whatIsStolenCannotBeContradictedFromInside() {
    double alone = firstOf(ResourceKind.VM, Map.of(Metric.STEAL_PERCENT, 15.0)).getConfidence();
    double calm =
        firstOf(ResourceKind.VM, Map.of(Metric.STEAL_PERCENT, 15.0, Metric.CPU_PRESSURE, 0.0))
            .getConfidence();
    assertThat(calm).isEqualTo(alone);
  }

  @Test
  void swappingWithoutWaitingIsNoShortageAndNeitherIsWaitingWithoutSwapping() {
    assertThat(
            new Intervals(ResourceKind.HOST)
                .seconds(10, Map.of(Metric.SWAP_PAGES, 5_000.0, Metric.MEMORY_STALL, 1.0))
                .seconds(10, Map.of(Metric.SWAP_PAGES, 3.0, Metric.MEMORY_STALL, 40.0))
                .seconds(10, Map.of(Metric.MEMORY_STALL, 40.0))
                .told)
        .isEmpty();
    Bottleneck thrashing =
        firstOf(
            ResourceKind.HOST,
            Map.of(
                Metric.MEMORY_PERCENT, 60.0,
                Metric.SWAP_PAGES, 5_000.0,
                Metric.MEMORY_STALL, 40.0));
    assertThat(thrashing.getKind()).isEqualTo(BottleneckKind.MEMORY);
    assertThat(thrashing.getSeverity()).isEqualTo(BottleneckSeverity.HIGH);
  }

  @Test
  void fewPacketsMakeNoLoss() {
    Intervals quiet = new Intervals(ResourceKind.CONTAINER);
    Detector detector = new Detector(BottleneckSettings.defaults());
    double[] values = Intervals.interval(0, Map.of(Metric.PACKET_LOSS_PERCENT, 50.0)).values();
    Episodes episodes = Episodes.NONE;
    for (int second = 0; second < 20; second++) {
      values[Metric.NETWORK_BYTES.ordinal()] = second < 10 ? 1_000 : 1_000_000;
      Detector.Findings findings =
          detector.observe(
              quiet.subject,
              new io.tocsin.streams.window.Interval(
                  Intervals.NOON + 1_000 * second, 1_000, 0, values),
              episodes);
      episodes = findings.episodes();
      if (second < 15) {
        assertThat(findings.bottlenecks()).as("second %d", second).isEmpty();
      } else {
        assertThat(episodes.of(BottleneckKind.NETWORK)).isNotNull();
      }
    }
  }

  @Test
  void aKillIsToldAtOnceAndIsCriticalUntilTheEpisodeEnds() {
    Intervals killed =
        new Intervals(ResourceKind.CONTAINER)
            .seconds(5, Map.of(Metric.MEMORY_PERCENT, 50.0, Metric.OOM_KILLS, 0.0))
            .seconds(1, Map.of(Metric.MEMORY_PERCENT, 50.0, Metric.OOM_KILLS, 1.0));
    assertThat(killed.told).hasSize(1);
    assertThat(killed.first().getSeverity()).isEqualTo(BottleneckSeverity.CRITICAL);
    assertThat(killed.first().getUnit()).isEqualTo("killed");
    killed.seconds(59, Map.of(Metric.MEMORY_PERCENT, 50.0, Metric.OOM_KILLS, 0.0));
    assertThat(killed.told)
        .allMatch(Bottleneck::getActive)
        .allMatch(bottleneck -> bottleneck.getSeverity() == BottleneckSeverity.CRITICAL);
    assertThat(killed.last().getEvidence())
        .contains("a process was killed for lack of memory since it began");
    killed.seconds(2, Map.of(Metric.MEMORY_PERCENT, 50.0, Metric.OOM_KILLS, 0.0));
    assertThat(killed.last().getActive()).isFalse();
    assertThat(killed.last().getSeverity()).isEqualTo(BottleneckSeverity.CRITICAL);
  }

  @Test
  void aKillInAnEpisodeThatIsToldAlreadyIsToldAtOnceButOnce() {
    Intervals killed =
        new Intervals(ResourceKind.HOST)
            .seconds(6, Map.of(Metric.MEMORY_PERCENT, 95.0, Metric.OOM_KILLS, 0.0));
    assertThat(killed.last().getSeverity()).isEqualTo(BottleneckSeverity.MEDIUM);
    killed.seconds(1, Map.of(Metric.MEMORY_PERCENT, 95.0, Metric.OOM_KILLS, 2.0));
    assertThat(killed.told).hasSize(2);
    assertThat(killed.last().getSeverity()).isEqualTo(BottleneckSeverity.CRITICAL);
    killed.seconds(4, Map.of(Metric.MEMORY_PERCENT, 95.0, Metric.OOM_KILLS, 2.0));
    assertThat(killed.told).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"81, , LOW", "91, , MEDIUM", "81, 20, MEDIUM", "91, 20, HIGH", "99, , HIGH"})
  void severityIsAsTheContractSays(double cpu, Double pressure, BottleneckSeverity severity) {
    Map<Metric, Double> values =
        pressure == null
            ? Map.of(Metric.CPU_PERCENT, cpu)
            : Map.of(Metric.CPU_PERCENT, cpu, Metric.CPU_PRESSURE, pressure);
    assertThat(firstOf(ResourceKind.HOST, values).getSeverity()).isEqualTo(severity);
  }

  @Test
  void theRemedyIsTheTitleOfTheFirstAdvice() {
    Bottleneck stolen =
        firstOf(ResourceKind.VM, Map.of(Metric.CPU_PERCENT, 85.0, Metric.STEAL_PERCENT, 12.0));
    Advice first = stolen.getAdvice().get(0);
    assertThat(first.getId()).isEqualTo("cpu-steal-pin");
    assertThat(first.getBecause()).isEqualTo("the hypervisor stole 12 % of the CPU time (>= 10)");
    assertThat(stolen.getRemedy()).isEqualTo(first.getTitle());
    assertThat(stolen.getEvidence())
        .anyMatch(words -> words.startsWith("the hypervisor stole 12 % of the CPU time"))
        .contains("CPU 85 % in use, threshold 80");
  }
}
