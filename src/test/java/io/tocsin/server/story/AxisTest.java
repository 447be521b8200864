package io.tocsin.server.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentAlert;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AxisTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void anIncidentOfWhichNothingIsKnownHasAnEmptyAxis() {
    assertThat(Axis.of(incident(List.of()), List.of(), List.of(), List.of())).isEmpty();
  }

  @Test
  void signalDecisionPageActionAndVerificationFollowEachOther() {
    List<Moment> axis =
        Axis.of(
            incident(List.of(alert("FIRING", 0, 0))),
            List.of(event(1, IncidentEventKind.OPENED, 1)),
            List.of(delivery(DeliveryState.DELIVERED, 1, 2)),
            List.of(step(HealOutcome.EXECUTED, 4, 1_000L), step(HealOutcome.VERIFIED, 5, null)));

    assertThat(axis)
        .extracting(Moment::lane)
        .containsExactly(
            Moment.Lane.SIGNAL,
            Moment.Lane.DECISION,
            Moment.Lane.PAGE,
            Moment.Lane.ACTION,
            Moment.Lane.VERIFICATION);
    assertThat(axis.get(0).until()).isNull();
    assertThat(axis.get(2).until()).isEqualTo(NOON.plusSeconds(2));
    assertThat(axis.get(3).at()).isEqualTo(NOON.plusSeconds(3));
    assertThat(axis.get(3).until()).isEqualTo(NOON.plusSeconds(4));
  }

  @Test
  void anAlertThatIsOverHasAnEndAndAPageThatFailedHasNone() {
    List<Moment> axis =
        Axis.of(
            incident(List.of(alert("CLEARED", 0, 9))),
            List.of(),
            List.of(delivery(DeliveryState.FAILED_PERMANENT, 1, 2)),
            List.of());

    assertThat(axis.get(0).until()).isEqualTo(NOON.plusSeconds(9));
    assertThat(axis.get(1).until()).isNull();
    assertThat(axis.get(1).kind()).isEqualTo("FAILED_PERMANENT");
  }

  @Property
  void everythingIsThereOnceOldestFirstWhateverTheOrderItCameIn(
      @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 60) Integer> seconds,
      @ForAll long seed) {
    List<IncidentEvent> events = new ArrayList<>();
    List<HealResult> steps = new ArrayList<>();
    for (int i = 0; i < seconds.size(); i++) {
      events.add(event(i + 1, IncidentEventKind.UPDATED, seconds.get(i)));
      steps.add(step(HealOutcome.INTENT, seconds.get(i), null));
    }
    Collections.shuffle(events, new Random(seed));

    List<Moment> axis = Axis.of(incident(List.of()), events, List.of(), steps);

    assertThat(axis).hasSize(2 * seconds.size());
    assertThat(axis).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
  }

  static Incident incident(List<IncidentAlert> alerts) {
    return Incident.newBuilder()
        .setId("i")
        .setRule("service-down")
        .setResourceId("endpoint/shop")
        .setState(IncidentState.OPEN)
        .setPriority(Priority.P0)
        .setPriorityReason("")
        .setSummary("down")
        .setStartedAt(NOON)
        .setOpenedAt(NOON)
        .setUpdatedAt(NOON)
        .setDueAt(NOON)
        .setVersion(1)
        .setAlerts(alerts)
        .build();
  }

  private static IncidentAlert alert(String state, int since, int at) {
    return IncidentAlert.newBuilder()
        .setAlertId("alert")
        .setRule("service-down")
        .setResourceId("endpoint/shop")
        .setState(state)
        .setSince(NOON.plusSeconds(since))
        .setAt(NOON.plusSeconds(at))
        .setSummary("down")
        .build();
  }

  private static IncidentEvent event(int version, IncidentEventKind kind, int at) {
    return IncidentEvent.newBuilder()
        .setIncidentId("i")
        .setVersion(version)
        .setKind(kind)
        .setAt(NOON.plusSeconds(at))
        .setState(IncidentState.OPEN)
        .setPriority(Priority.P0)
        .setCause("because")
        .build();
  }

  private static Delivery delivery(DeliveryState state, int created, int at) {
    return Delivery.newBuilder()
        .setId("d")
        .setChannel("chat")
        .setDedupKey("i")
        .setState(state)
        .setCreatedAt(NOON.plusSeconds(created))
        .setAt(NOON.plusSeconds(at))
        .setNotification(
            Notification.newBuilder()
                .setId("n")
                .setIncidentId("i")
                .setIncidentVersion(1)
                .setKind(NotificationKind.PAGE)
                .setPriority(Priority.P0)
                .setAt(NOON)
                .setEventAt(NOON)
                .setSummary("down")
                .setReason("new")
                .build())
        .build();
  }

  private static HealResult step(HealOutcome outcome, int at, Long tookMs) {
    return HealResult.newBuilder()
        .setPlanId("p")
        .setIncidentId("i")
        .setAttempt(1)
        .setAction("restart")
        .setTargetId("container/web")
        .setOutcome(outcome)
        .setReason("as planned")
        .setAt(NOON.plusSeconds(at))
        .setTookMs(tookMs)
        .build();
  }
}
