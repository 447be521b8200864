package io.tocsin.alerting.incident;

import static io.tocsin.schemas.Health.DOWN;
import static io.tocsin.schemas.Health.UNKNOWN;
import static io.tocsin.schemas.Health.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rule.Signal;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.ResourceKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  @Test
  void opensAtTheFirstBadSignalAndResolvesAtTheFirstGoodOneWhereTheRuleDoesNotWait() {
    Timeline timeline =
        new Timeline(Rules.availability(0, 0))
            .probe(0, UP)
            .probe(1, DOWN, "OPENED OPEN P0")
            .probe(2, DOWN)
            .probe(3, UP, "RESOLVED RESOLVED P0")
            .probe(4, UP)
            .remembersNoIncident();
    Incident resolved = timeline.incident();
    assertThat(resolved.getStartedAt()).isEqualTo(Timeline.at(1));
    assertThat(resolved.getDueAt()).isEqualTo(Timeline.at(1));
    assertThat(resolved.getResolvedAt()).isEqualTo(Timeline.at(3));
    assertThat(timeline.incidents()).extracting(Incident::getVersion).containsExactly(1, 2);
  }

  @Test
  void opensOnlyWhenBadForAsLongAsTheRuleAsks() {
    Timeline timeline =
        new Timeline(Rules.availability(2, 0))
            .probe(0, DOWN, "hold pending")
            .probe(1.999, DOWN, "hold pending")
            .probe(2, DOWN, "OPENED OPEN P0");
    assertThat(timeline.incident().getStartedAt()).isEqualTo(Timeline.at(0));
    assertThat(timeline.incident().getOpenedAt()).isEqualTo(Timeline.at(2));
  }

  @Test
  void aGoodSignalStartsTheWaitAnew() {
    new Timeline(Rules.availability(2, 0))
        .probe(0, DOWN, "hold pending")
        .probe(1, UP, "hold recovered_while_pending")
        .probe(2, DOWN, "hold pending")
        .probe(3, DOWN, "hold pending")
        .probe(4, DOWN, "OPENED OPEN P0");
  }

  @Test
  void resolvesOnlyWhenGoodForAsLongAsTheRuleAsks() {
    new Timeline(Rules.availability(0, 2))
        .probe(0, DOWN, "OPENED OPEN P0")
        .probe(1, UP, "hold clearing")
        .probe(2, DOWN)
        .probe(3, UP, "hold clearing")
        .probe(4.999, UP, "hold clearing")
        .probe(5, UP, "RESOLVED RESOLVED P0");
  }

  @Test
  void unknownHealthNeitherOpensNorResolvesAndBreaksTheGoodRun() {
    new Timeline(Rules.availability(0, 1))
        .probe(0, UNKNOWN, "hold unknown_health")
        .probe(1, DOWN, "OPENED OPEN P0")
        .probe(2, UP, "hold clearing")
        .probe(3, UNKNOWN, "hold unknown_health")
        .probe(4, UP, "hold clearing")
        .probe(5, UP, "RESOLVED RESOLVED P0");
  }

  @Test
  void silenceIsNoGoodRun() {
    new Timeline(Rules.availability(0, 2))
        .probe(0, DOWN, "OPENED OPEN P0")
        .probe(1, UP, "hold clearing")
        .probe(60, UP, "hold clearing")
        .probe(62, UP, "RESOLVED RESOLVED P0");
  }

  @Test
  void silenceIsNoBadRunEither() {
    new Timeline(Rules.availability(5, 0))
        .probe(0, DOWN, "hold pending")
        .probe(60, DOWN, "hold pending")
        .probe(63, DOWN, "hold pending")
        .probe(65, DOWN, "OPENED OPEN P0");
  }

  @Test
  void lateAndRepeatedSignalsCountForNothing() {
    new Timeline(Rules.availability(0, 0))
        .probe(5, DOWN, "OPENED OPEN P0")
        .probe(4, UP, "ignore out_of_order")
        .probe(5, UP, "ignore repeated")
        .probe(5, DOWN, "ignore repeated")
        .probe(6, UP, "RESOLVED RESOLVED P0")
        .probe(5.5, DOWN, "ignore out_of_order");
  }

  @Test
  void aWorseSignalOfTheSameTimeCounts() {
    new Timeline(Rules.availability(0, 0)).probe(5, UP).probe(5, DOWN, "OPENED OPEN P0");
  }

  @Test
  void priorityFollowsTheShareOfTheServiceThatIsDown() {
    Timeline timeline =
        new Timeline(Rules.availability(0, 0))
            .share(1, 2)
            .probe(0, DOWN, "OPENED OPEN P1")
            .share(2, 2)
            .probe(1, DOWN, "PRIORITY_RAISED OPEN P0")
            .share(1, 2)
            .probe(2, DOWN, "PRIORITY_LOWERED OPEN P1");
    assertThat(timeline.incident().getDueAt()).isEqualTo(Timeline.at(3_600));
    assertThat(timeline.incident().getPriorityReason()).contains("1 of 2");
  }

  @Test
  void newEvidenceIsToldOfButNotAtEveryProbe() {
    Timeline timeline = new Timeline(Rules.availability(0, 0));
    timeline.probe(0, DOWN, "OPENED OPEN P0");
    for (int second = 1; second < 30; second++) {
      timeline.signal(second, bad(second, "answered 503 at " + second));
    }
    timeline.signal(30, bad(30, "answered 503"), "UPDATED OPEN P0");
    assertThat(timeline.incident().getEvidence()).containsExactly("answered 503");
  }

  @Test
  void theSameTroubleGetsTheSameIdAndAnotherOneAnother() {
    Incident first =
        new Timeline(Rules.availability(0, 0)).probe(1, DOWN, "OPENED OPEN P0").incident();
    Incident replayed =
        new Timeline(Rules.availability(0, 0))
            .probe(0, UP)
            .probe(1, DOWN, "OPENED OPEN P0")
            .incident();
    Incident later =
        new Timeline(Rules.availability(0, 0)).probe(2, DOWN, "OPENED OPEN P0").incident();
    assertThat(replayed).isEqualTo(first);
    assertThat(later.getId()).isNotEqualTo(first.getId()).matches("[0-9a-f]{20}");
  }

  @Test
  void aBottleneckStartsWhenItBeganAndEndsWhenItIsCalledOff() {
    Timeline timeline =
        new Timeline(Rules.bottleneck())
            .signal(5, shortage(5, 2, true), "OPENED OPEN P3")
            .signal(6, shortage(6, 2, true))
            .signal(6, shortage(6, 2, false), "RESOLVED RESOLVED P3")
            .remembersNoIncident();
    assertThat(timeline.incident().getStartedAt()).isEqualTo(Timeline.at(2));
    assertThat(timeline.incident().getDueAt()).isEqualTo(Timeline.at(2 + 24 * 3_600));
    assertThat(timeline.incident().getState()).isEqualTo(IncidentState.RESOLVED);
  }

  @Test
  void anEpisodeThatComesBackAfterItsIncidentWasResolvedIsAnotherIncident() {
    Timeline timeline =
        new Timeline(Rules.bottleneck())
            .signal(5, shortage(5, 2, true), "OPENED OPEN P3")
            .signal(6, shortage(6, 2, false), "RESOLVED RESOLVED P3")
            .signal(7, shortage(7, 2, true), "OPENED OPEN P3");
    assertThat(timeline.incident().getStartedAt()).isEqualTo(Timeline.at(7));
    assertThat(timeline.incidents().get(2).getId())
        .isNotEqualTo(timeline.incidents().get(0).getId());
  }

  private static Signal bad(int second, String evidence) {
    var probe = io.tocsin.schemas.Examples.probe(DOWN, Timeline.at(second));
    probe.setEvidence(evidence);
    return Signal.of(probe);
  }

  private static Signal shortage(int second, int since, boolean active) {
    Instant at = Timeline.at(second);
    return Signal.of(
        Bottleneck.newBuilder()
            .setResourceId("host/web-1")
            .setResourceKind(ResourceKind.HOST)
            .setKind(BottleneckKind.CPU)
            .setActive(active)
            .setSince(Timeline.at(since))
            .setAt(at)
            .setValue(93)
            .setThreshold(80)
            .setUnit("%")
            .setConfidence(0.9)
            .setEvidence(List.of("93 % busy"))
            .build());
  }
}
