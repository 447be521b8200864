package io.tocsin.delivery.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.delivery.signal.InstanceReading.Answered;
import io.tocsin.delivery.signal.InstanceReading.Silent;
import io.tocsin.delivery.signal.PipelineReading.Known;
import io.tocsin.delivery.signal.PipelineReading.Letter;
import io.tocsin.delivery.signal.PipelineReading.OpenIncident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Limits LIMITS =
      new Limits(100, Duration.ofSeconds(10), 0, 10, 0, List.of("tocsin"), List.of("our-rule"));
  private static final Answered OLD = answered(true, "1", 10, Map.of());
  private static final Answered NEW = answered(true, "2", 900, Map.of());
  private static final Known QUIET = known(0, List.of(), Map.of(), List.of());

  private static Answered answered(
      boolean ready, String version, long startedAt, Map<String, Double> troubles) {
    return new Answered(ready, "says so", version, startedAt, troubles);
  }

  private static Known known(
      long lag, List<Letter> letters, Map<String, Long> refusals, List<OpenIncident> incidents) {
    return new Known(Map.of("g/t", lag), letters, true, refusals, incidents);
  }

  private static Letter letter(int offset, int second) {
    return new Letter("t/0/" + offset, "streams", "no good", START.plusSeconds(second));
  }

  private static Observation seen(int second, InstanceReading a, PipelineReading pipeline) {
    return new Observation(START.plusSeconds(second), Map.of("a", a), pipeline);
  }

  private static Verdict judge(Observation before, Observation... since) {
    return judge(List.of(before), since);
  }

  private static Verdict judge(List<Observation> before, Observation... since) {
    return new Judge(Baseline.of(before), LIMITS).judge(Map.of("a", "2"), List.of(since));
  }

  private static void assertWrong(Verdict verdict, Signal signal) {
    assertThat(verdict).isInstanceOf(Verdict.Unwell.class);
    assertThat(verdict.reasons()).extracting(Reason::signal).containsExactly(signal);
  }

  @Test
  void theNewVersionInAPipelineAsBeforeIsWell() {
    assertThat(judge(seen(0, OLD, QUIET), seen(60, NEW, QUIET))).isEqualTo(new Verdict.Well());
  }

  @Test
  void anInstanceHasToAnswerToBeReadyToHaveTheVersionAndToStay() {
    Observation before = seen(0, OLD, QUIET);
    assertWrong(judge(before, seen(60, new Silent("refused"), QUIET)), Signal.READINESS);
    assertWrong(
        judge(before, seen(60, answered(false, "2", 900, Map.of()), QUIET)), Signal.READINESS);
    assertWrong(judge(before, seen(60, OLD, QUIET)), Signal.VERSION);
    assertWrong(
        judge(before, seen(60, NEW, QUIET), seen(62, answered(true, "2", 961, Map.of()), QUIET)),
        Signal.RESTART);
  }

  @Test
  void anInstanceThatIsNotChangedShouldDoAsWellAsBefore() {
    Judge judge = new Judge(Baseline.of(List.of(seen(0, OLD, QUIET))), LIMITS);
    assertThat(judge.judge(Map.of(), List.of(seen(60, OLD, QUIET)))).isEqualTo(new Verdict.Well());
    assertWrong(
        judge.judge(Map.of(), List.of(seen(60, new Silent("gone"), QUIET))), Signal.READINESS);
    Judge ofBad = new Judge(Baseline.of(List.of(seen(0, new Silent("gone"), QUIET))), LIMITS);
    assertThat(ofBad.judge(Map.of(), List.of(seen(60, new Silent("gone"), QUIET))))
        .isEqualTo(new Verdict.Well());
  }

  @Test
  void errorsCountFromTheStartOfAProcessAndMayComeAtTheirPace() {
    assertWrong(
        judge(
            seen(0, OLD, QUIET), seen(60, answered(true, "2", 900, Map.of("errors", 1.0)), QUIET)),
        Signal.ERRORS);
    long now = START.getEpochSecond();
    Answered used = answered(true, "1", now - 600, Map.of("errors", 60.0)); // one in ten seconds
    Answered fresh = answered(true, "2", now + 10, Map.of("errors", 10.0)); // in 50 s
    Answered worse = answered(true, "2", now + 10, Map.of("errors", 11.0));
    assertThat(judge(seen(0, used, QUIET), seen(60, fresh, QUIET))).isEqualTo(new Verdict.Well());
    assertWrong(judge(seen(0, used, QUIET), seen(60, worse, QUIET)), Signal.ERRORS);
  }

  @Test
  void aLagThatFallsMaySettleAndOneThatDoesNotIsWrong() {
    Observation before = seen(0, OLD, known(50, List.of(), Map.of(), List.of()));
    List<Observation> since = new ArrayList<>();
    since.add(seen(60, NEW, known(500, List.of(), Map.of(), List.of())));
    assertThat(judge(before, since.toArray(new Observation[0])))
        .isInstanceOf(Verdict.Settling.class);
    since.add(seen(70, NEW, known(500, List.of(), Map.of(), List.of())));
    assertWrong(judge(before, since.toArray(new Observation[0])), Signal.LAG);
    since.add(seen(72, NEW, known(400, List.of(), Map.of(), List.of())));
    assertThat(judge(before, since.toArray(new Observation[0])))
        .isInstanceOf(Verdict.Settling.class);
    since.add(seen(74, NEW, known(150, List.of(), Map.of(), List.of())));
    assertThat(judge(before, since.toArray(new Observation[0]))).isEqualTo(new Verdict.Well());
  }

  @Test
  void deadLettersOfBeforeAreNoNewsAndNewOnesAre() {
    Known one = known(0, List.of(letter(1, -500)), Map.of(), List.of());
    Known two = known(0, List.of(letter(2, 10), letter(1, -500)), Map.of(), List.of());
    assertThat(judge(seen(0, OLD, one), seen(1, NEW, one))).isEqualTo(new Verdict.Well());
    assertWrong(judge(seen(0, OLD, QUIET), seen(20, NEW, two)), Signal.DEAD_LETTERS);
  }

  @Test
  void deadLettersMayComeAtThePaceOfBefore() {
    List<Letter> before = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      before.add(letter(i, -10 * i)); // one in ten seconds
    }
    List<Letter> since = new ArrayList<>(before);
    for (int i = 0; i < 12; i++) {
      since.add(0, letter(100 + i, i));
    }
    Observation was = seen(0, OLD, known(0, before, Map.of(), List.of()));
    assertThat(judge(was, seen(60, NEW, known(0, since, Map.of(), List.of()))))
        .isEqualTo(new Verdict.Well());
    since.add(0, letter(200, 15));
    since.add(0, letter(201, 16));
    assertWrong(
        judge(was, seen(60, NEW, known(0, since, Map.of(), List.of()))), Signal.DEAD_LETTERS);
  }

  @Test
  void refusalsMayComeAtThePaceOfBefore() {
    Known was = known(0, List.of(), Map.of("late", 1_000L), List.of());
    Known is = known(0, List.of(), Map.of("late", 1_010L), List.of());
    Known isMore = known(0, List.of(), Map.of("late", 1_005L, "future", 6L), List.of());
    assertThat(judge(seen(0, OLD, was), seen(60, NEW, is))).isEqualTo(new Verdict.Well());
    assertWrong(judge(seen(0, OLD, was), seen(60, NEW, isMore)), Signal.REFUSALS);
    List<Observation> refusing =
        List.of(
            seen(0, OLD, known(0, List.of(), Map.of("late", 0L), List.of())),
            seen(10, OLD, known(0, List.of(), Map.of("late", 10L), List.of())));
    Known goesOn = known(0, List.of(), Map.of("late", 120L), List.of());
    assertThat(judge(refusing, seen(60, NEW, goesOn))).isEqualTo(new Verdict.Well());
  }

  @Test
  void anIncidentAboutTocsinItselfCountsAndOneOfTheExchangeMayPass() {
    OpenIncident ours = new OpenIncident("i", "r", "tocsin", "P1", "down", START.plusSeconds(65));
    OpenIncident ofRule =
        new OpenIncident("j", "our-rule", "x", "P2", "slow", START.plusSeconds(65));
    OpenIncident others = new OpenIncident("k", "r", "shop", "P0", "down", START.plusSeconds(65));
    OpenIncident early = new OpenIncident("l", "r", "tocsin", "P1", "down", START.plusSeconds(55));
    Observation before = seen(0, OLD, QUIET);
    Observation begun = seen(60, NEW, QUIET);
    assertWrong(
        judge(before, begun, seen(70, NEW, known(0, List.of(), Map.of(), List.of(ours)))),
        Signal.INCIDENTS);
    assertWrong(
        judge(before, begun, seen(70, NEW, known(0, List.of(), Map.of(), List.of(ofRule)))),
        Signal.INCIDENTS);
    assertThat(judge(before, begun, seen(70, NEW, known(0, List.of(), Map.of(), List.of(others)))))
        .isEqualTo(new Verdict.Well());
    assertThat(judge(before, begun, seen(70, NEW, known(0, List.of(), Map.of(), List.of(early)))))
        .isInstanceOf(Verdict.Settling.class);
    Observation open = seen(0, OLD, known(0, List.of(), Map.of(), List.of(ours)));
    assertThat(judge(open, seen(70, NEW, known(0, List.of(), Map.of(), List.of(ours)))))
        .isEqualTo(new Verdict.Well());
  }

  @Test
  void aSilentApiIsWrongAndWithoutItThereIsNoBefore() {
    Observation silent = seen(60, NEW, new PipelineReading.Silent("away"));
    assertWrong(judge(seen(0, OLD, QUIET), silent), Signal.PIPELINE);
    assertThatThrownBy(() -> Baseline.of(List.of(silent))).hasMessage("away");
  }
}
