package io.tocsin.alerting.job;

import static io.tocsin.schemas.IncidentState.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.RuleStatus;
import io.tocsin.schemas.topic.Topics;
import org.junit.jupiter.api.Test;

class EvaluateFunctionTest {

  private static final String DOWN = "signal: health\nwhen: \"!up\"\nclear-for: 2s";
  private static final String NOW = "signal: application\nwhen: value > 90.0";

  @Test
  void aRuleThatComesHoldsForWhatComesNext() throws Exception {
    try (EvaluateBench bench = new EvaluateBench()) {
      bench.value(0, 95).rule("load", NOW).value(1, 95);
      assertThat(bench.words()).containsExactly("load FIRING 1");
      assertThat(bench.statuses()).extracting(RuleStatus::getAccepted).containsExactly(true);
      bench.rule("load", "signal: application\nwhen: value > 99.0").value(2, 95);
      assertThat(bench.words()).containsExactly("load FIRING 1", "load CLEARED 1");
    }
  }

  @Test
  void aRuleKeepsItsPendingTimeWhenOthersChangeOrItComesAgainAsItWas() throws Exception {
    try (EvaluateBench bench = new EvaluateBench()) {
      bench.rule("load", EvaluateBench.LOAD);
      for (int second = 0; second < 300; second += 60) {
        bench.value(second, 95).rule("other" + second, NOW).rule("load", EvaluateBench.LOAD);
      }
      bench.value(299, 95);
      assertThat(bench.words()).doesNotContain("load FIRING 0");
      bench.value(300, 95);
      assertThat(bench.words()).contains("load FIRING 0");
    }
  }

  @Test
  void aThresholdThatIsEditedAtFourOfFiveMinutesLetsTheRuleFireOnTime() throws Exception {
    try (EvaluateBench bench = new EvaluateBench()) {
      bench.rule("load", EvaluateBench.LOAD);
      for (int second = 0; second <= 240; second += 10) {
        bench.value(second, 95);
      }
      bench.rule("load", EvaluateBench.LOAD.replace("90.0", "80.0"));
      for (int second = 250; second < 300; second += 10) {
        bench.value(second, 85);
      }
      assertThat(bench.words()).containsExactly("load PENDING 0");
      bench.value(300, 85);
      assertThat(bench.words()).containsExactly("load PENDING 0", "load FIRING 0");
      assertThat(bench.alerts())
          .extracting(Alert::getId)
          .containsOnly(bench.alerts().get(0).getId());
    }
  }

  @Test
  void aTextThatCannotBeReadIsToldWithItsPlaceAndTheOldRuleStays() throws Exception {
    try (EvaluateBench bench = new EvaluateBench()) {
      bench.rule("load", NOW);
      RawRecord bad = bench.records.rule("load", "signal: application\nwhen: valu > 90.0");
      bench.news(bad).value(1, 95);
      assertThat(bench.words()).containsExactly("load FIRING 1");
      RuleStatus refused = bench.statuses().get(1);
      assertThat(refused.getAccepted()).isFalse();
      assertThat(refused.getVersion()).isEqualTo(bench.statuses().get(0).getVersion());
      assertThat(refused.getProblems()).singleElement().asString().startsWith("rules.yaml:42:7: ");
      DeadLetter letter = bench.letters().get(0);
      assertThat(letter.getReason()).startsWith("rules.yaml:42:7: ").contains("valu");
      assertThat(letter.getTopic()).isEqualTo("tocsin.rules");
      assertThat(letter.getOffset()).isEqualTo(bad.offset());
    }
  }

  @Test
  void whatARuleSaidEndsWhenItIsRemoved() throws Exception {
    try (EvaluateBench bench = new EvaluateBench(Records.text("load", NOW))) {
      bench.value(1, 95).removeRule("load").value(2, 95);
      assertThat(bench.words()).containsExactly("load FIRING 1", "load CLEARED 1");
    }
  }

  @Test
  void aRuleThatWasRemovedOrReplacedStaysSoAfterARestoreWhateverTheJobWasMadeWith()
      throws Exception {
    try (EvaluateBench bench = new EvaluateBench(Records.text("a", NOW), Records.text("b", NOW))) {
      bench.removeRule("a").rule("b", NOW.replace("90.0", "99.0")).rule("c", NOW);
      try (EvaluateBench restored =
          new EvaluateBench(
              bench.snapshot(), 100, Records.text("a", NOW), Records.text("b", NOW))) {
        restored.value(100, 95);
        assertThat(restored.words()).containsExactly("c FIRING 100");
      }
    }
  }

  @Test
  void whatWasPendingFiresOnTimeAfterARestore() throws Exception {
    try (EvaluateBench bench = new EvaluateBench()) {
      bench.rule("load", EvaluateBench.LOAD);
      for (int second = 0; second <= 240; second += 10) {
        bench.value(second, 95);
      }
      try (EvaluateBench restored = new EvaluateBench(bench.snapshot(), 260)) {
        // What came meanwhile is read first.
        restored.take(restored.records.value(Records.ID, 250, 95));
        restored.value(290, 95).value(300, 95);
        assertThat(restored.words()).containsExactly("load FIRING 0");
        assertThat(restored.alerts().get(0).getId()).isEqualTo(bench.alerts().get(0).getId());
      }
    }
  }

  @Test
  void whatFiredGoesOnUnderItsIdAfterARestoreAndClears() throws Exception {
    try (EvaluateBench bench = new EvaluateBench(Records.text("down", DOWN))) {
      bench.probe(0, Health.UP).probe(1, Health.DOWN);
      try (EvaluateBench restored =
          new EvaluateBench(bench.snapshot(), 7_200, Records.text("down", DOWN))) {
        restored.probe(7_201, Health.DOWN);
        assertThat(restored.words()).isEmpty();
        restored.probe(7_202, Health.UP).probe(7_203, Health.UP).probe(7_204, Health.UP);
        assertThat(restored.words()).containsExactly("down CLEARED 1");
        assertThat(restored.alerts().get(0).getId()).isEqualTo(bench.alerts().get(0).getId());
      }
    }
  }

  @Test
  void aResourceThatIsRemovedLeavesNeitherStateNorTimers() throws Exception {
    try (EvaluateBench bench =
        new EvaluateBench(
            Records.text("down", DOWN), Records.text("silent", "absence: {intervals: 3}"))) {
      bench.resource(Records.ID, 1_000).probe(1, Health.DOWN).value(1, 1).clock(30);
      assertThat(bench.timers()).isEqualTo(1);
      bench.gone(Records.ID);
      assertThat(bench.words()).endsWith("down CLEARED 1", "silent CLEARED 1");
      assertThat(bench.timers()).isZero();
      assertThat(bench.entries()).isZero();
    }
  }

  @Test
  void aResourceHasOneTimerHoweverOftenItFailsAndIsDescribedAnew() throws Exception {
    try (EvaluateBench bench =
        new EvaluateBench(
            Records.text("down", DOWN), Records.text("silent", "absence: {intervals: 30}"))) {
      for (int second = 1; second < 600; second++) {
        bench.probe(second, second / 10 % 2 == 0 ? Health.UP : Health.DOWN);
        if (second % 7 == 0) {
          bench.resource(Records.ID, 1_000);
        }
        assertThat(bench.timers()).isLessThanOrEqualTo(1);
      }
      assertThat(bench.timers()).isEqualTo(1);
    }
  }

  @Test
  void aTimerThatIsDueAfterARestoreFirstLetsInWhatCameMeanwhile() throws Exception {
    try (EvaluateBench bench =
        new EvaluateBench(Records.text("silent", "absence: {intervals: 3}"))) {
      bench.resource(Records.ID, 10_000).probe(1, Health.UP).clock(2);
      try (EvaluateBench restored =
          new EvaluateBench(
              bench.snapshot(), 7_200, Records.text("silent", "absence: {intervals: 3}"))) {
        restored.clock(7_205);
        assertThat(restored.words()).as("it has not settled yet").isEmpty();
        restored.probe(7_206, Health.UP).clock(7_220);
        assertThat(restored.words()).isEmpty();
        restored.clock(7_300);
        assertThat(restored.words()).containsExactly("silent FIRING 7206");
      }
    }
  }

  /** As when a broker was away, or a restart has more to read than the time to settle. */
  @Test
  void whatComesTooLateToBeFreshEndsTheIncidentAllTheSame() throws Exception {
    try (EvaluateBench bench = new EvaluateBench(Records.text("down", DOWN));
        IncidentBench book = new IncidentBench()) {
      bench.clock(60).probe(61, Health.UP).probe(62, Health.DOWN).clock(100);
      for (int second = 63; second < 70; second++) {
        bench.take(bench.records.probe(Records.ID, second, Health.UP));
      }
      assertThat(bench.words())
          .containsExactly(
              "down FIRING 62", "down UNKNOWN 62", "down FIRING 62", "down CLEARED 62");
      book.clock(100);
      for (Alert alert : bench.alerts()) {
        book.alert(alert);
      }
      assertThat(book.incidents()).last().extracting(Incident::getState).isEqualTo(RESOLVED);
    }
  }

  @Test
  void allFallSilentAndAllAreMissedThoughNoEventTimePasses() throws Exception {
    try (EvaluateBench bench =
        new EvaluateBench(Records.text("silent", "absence: {intervals: 3}"))) {
      for (int i = 0; i < 20; i++) {
        bench.resource("endpoint/" + i, 1_000);
        bench.take(bench.records.probe("endpoint/" + i, 0, Health.UP));
      }
      bench.clock(60);
      assertThat(bench.alerts())
          .hasSize(20)
          .allSatisfy(alert -> assertThat(alert.getSince()).isEqualTo(Records.at(0)));
    }
  }

  @Test
  void aRecordOfTheFutureIsADeadLetterAndLaterOnesStillCount() throws Exception {
    try (EvaluateBench bench = new EvaluateBench(Records.text("load", NOW))) {
      RawRecord ahead = bench.records.value(Records.ID, 86_400, 95);
      bench.take(ahead).value(1, 95);
      assertThat(bench.words()).containsExactly("load FIRING 1");
      DeadLetter letter = bench.letters().get(0);
      assertThat(letter.getReason())
          .isEqualTo("is dated 2026-01-02T12:00:00Z, in the future: set the sender's clock");
      assertThat(letter.getOffset()).isEqualTo(ahead.offset());
      assertThat(letter.getRecordedAt()).isEqualTo(Records.at(0));
    }
  }

  @Test
  void whatIsNoRecordIsADeadLetterOnce() throws Exception {
    try (EvaluateBench bench = new EvaluateBench(Records.text("load", NOW))) {
      bench.take(bench.records.garbage(Topics.PROBES, Records.ID));
      bench.news(bench.records.garbage(Topics.RULES, "load"));
      bench.take(bench.records.removal(Topics.PROBES, Records.ID)).value(1, 95);
      assertThat(bench.letters())
          .extracting(DeadLetter::getTopic)
          .containsExactly("tocsin.probes", "tocsin.rules");
      assertThat(bench.words()).containsExactly("load FIRING 1");
    }
  }
}
