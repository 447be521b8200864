package io.tocsin.capacity.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.capacity.CapacityException;
import io.tocsin.capacity.cost.Technology;
import io.tocsin.capacity.cost.Traced;
import io.tocsin.capacity.rightsizing.Advice;
import io.tocsin.capacity.rightsizing.Dimension;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChooserTest {

  private static final double GIB = 1024.0 * 1024 * 1024;

  @Test
  void aSmallBurstyCheapWorkloadBelongsInAContainer() {
    Choice choice = choose(evidence(Technology.VM, 6, 0.5, 0), "");

    assertThat(choice.verdict()).isEqualTo(Verdict.CONTAINER);
    assertThat(choice.measured()).isBetween(0.4, 0.6);
    assertThat(choice.isMove()).isTrue();
  }

  @Test
  void whatNeedsItsOwnKernelBelongsInAVm() {
    Choice choice =
        choose(evidence(Technology.VM, 6, 0.5, 0), "workloads: [{match: vm/*, own-kernel: true}]");

    assertThat(choice.verdict()).isEqualTo(Verdict.VM);
    assertThat(choice.isMove()).isFalse();
  }

  @Test
  void containersOfWhatNeedsStrongIsolationGoIntoVms() {
    Choice choice =
        choose(
            evidence(Technology.VM, 20, 0.25, 0),
            "workloads: [{match: shop, strong-isolation: true}]\nmargin: 0.01");

    assertThat(choice.verdict()).isEqualTo(Verdict.HYBRID);
  }

  @Test
  void aVmThatWaitsForRealCpusLosesByIt() {
    double calm = choose(evidence(Technology.VM, 1, 8, 0), "").vm();
    double waiting = choose(evidence(Technology.VM, 1, 8, 10), "").vm();

    // All of performance: 15 of 100 weights, 0.85 as stated.
    assertThat(calm - waiting).isCloseTo(0.15 * 0.85, within(1e-9));
  }

  @Test
  void tooLittleHistoryIsNoGroundForADecision() {
    Advice refused =
        advice(Dimension.CPU, io.tocsin.capacity.rightsizing.Verdict.REFUSED, Double.NaN);
    Evidence known = evidence(Technology.VM, 1, 8, 0);
    Choice choice =
        new Chooser(MatrixReader.shipped())
            .choose(
                new Evidence(
                    "vm/a", "shop", Technology.VM, refused, known.memory(), 1, 0, 0, null, null));

    assertThat(choice.verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA);
    assertThat(choice.isMove()).isFalse();
    assertThat(choice.reason()).isEqualTo("because");
  }

  @Test
  void weightsAreSharesOfTheirSum() {
    Choice choice = choose(evidence(Technology.VM, 6, 0.5, 0), "weights: {performance: 1000}");

    assertThat(choice.scores().stream().mapToDouble(Score::weight).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(choice.scores().get(0).weight()).isCloseTo(1000 / 1085.0, within(1e-9));
  }

  @Test
  void everythingWrongWithAMatrixIsSaidAtOnce() {
    CapacityException refused =
        catchThrowableOfType(
            CapacityException.class,
            () ->
                MatrixReader.read(
                    "m.yaml",
                    """
                    weights: {performence: 3, security: -1}
                    scores: {isolation: {vm: 2}}
                    workloads: [{stateful: maybe}]
                    """));

    assertThat(refused.problems())
        .hasSize(6)
        .anyMatch(
            line ->
                line.contains("weights.performence: is not known here; did you mean performance?"))
        .anyMatch(line -> line.contains("weights.security: is not a number from 0 to 1000"))
        .anyMatch(line -> line.contains("scores.isolation.vm: is not a number from 0 to 1"))
        .anyMatch(line -> line.contains("scores.isolation.container: is missing"))
        .anyMatch(line -> line.contains("workloads[0].match: is missing"))
        .anyMatch(line -> line.contains("workloads[0].stateful: is neither true nor false"));
  }

  @Test
  void thePathFollowsFromWhatIsAtStake() throws CapacityException {
    assertThat(path("{match: vm/*, critical: true}")).isEqualTo(Path.PARALLEL);
    assertThat(path("{match: vm/*, stateful: true}")).isEqualTo(Path.GRADUAL);
    assertThat(path("{match: vm/*, stateful: false}")).isEqualTo(Path.AT_ONCE);
    assertThat(path("{match: nothing}")).isEqualTo(Path.GRADUAL);
  }

  @Test
  void theRegisterHasAllKindsOfRiskTheWorstFirst() throws CapacityException {
    List<Risk> risks = move("{match: vm/*, critical: true, stateful: true}").risks();

    assertThat(risks).extracting(Risk::category).contains(Risk.Category.values());
    assertThat(risks).isSortedAccordingTo((a, b) -> b.weight() - a.weight());
  }

  @Test
  void theManifestAsksForWhatIsUsedAndAllowsWhatIsNeeded() {
    String yaml =
        SchedulerHints.manifest(evidence(Technology.VM, 6, 0.5, 0), MatrixReader.shipped());

    assertThat(yaml)
        .contains("name: \"vm-a\"")
        .contains("cpu: \"700m\"")
        .contains("cpu: \"1000m\"")
        .contains("memory: \"512Mi\"")
        .contains("topologyKey: \"kubernetes.io/hostname\"");
  }

  @Test
  void noIdCanWriteIntoTheManifest() {
    assertThat(SchedulerHints.name("vm/a\"\n  hostPID: true\n")).isEqualTo("vm-a-hostpid-true");
    assertThat(SchedulerHints.name("///")).isEqualTo("workload");
    assertThat(SchedulerHints.name("x".repeat(62) + "-y-z")).hasSize(62);
  }

  private static Path path(String workload) throws CapacityException {
    Move move = move(workload);
    return move == null ? null : move.path();
  }

  private static Move move(String workload) throws CapacityException {
    Matrix matrix;
    try {
      matrix = MatrixReader.read("m.yaml", "workloads: [" + workload + "]");
    } catch (CapacityException unreadable) {
      return null;
    }
    Choice choice = new Chooser(matrix).choose(evidence(Technology.VM, 6, 0.5, 0));
    return new MigrationPlanner(matrix).plan(List.of(choice)).get(0);
  }

  private static Choice choose(Evidence evidence, String yaml) {
    try {
      return new Chooser(
              yaml.isEmpty() ? MatrixReader.shipped() : MatrixReader.read("m.yaml", yaml))
          .choose(evidence);
    } catch (CapacityException bad) {
      throw new AssertionError(bad);
    }
  }

  private static Evidence evidence(
      Technology runsIn, double burstiness, double gib, double waiting) {
    return new Evidence(
        "vm/a",
        "shop",
        runsIn,
        advice(Dimension.CPU, io.tocsin.capacity.rightsizing.Verdict.KEEP, 1),
        advice(Dimension.MEMORY, io.tocsin.capacity.rightsizing.Verdict.KEEP, gib * GIB),
        burstiness,
        waiting,
        Double.NaN,
        Traced.given("vm", 40, "EUR/month", "here"),
        Traced.given("container", 30, "EUR/month", "here"));
  }

  private static Advice advice(
      Dimension dimension, io.tocsin.capacity.rightsizing.Verdict verdict, double needs) {
    return new Advice(
        "vm/a", "shop", dimension, verdict, needs, needs, needs * 0.7, false, 1, 28, "because");
  }
}
