package io.tocsin.server.story;

import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentAlert;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.IncidentEventKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All that belongs to an incident on one axis of time: what was heard, what was decided, who was
 * told, what was done, and whether it helped. Pure.
 */
final class Axis {

  private static final Comparator<Moment> OLDEST_FIRST =
      Comparator.comparing(Moment::at).thenComparing(Moment::lane);

  private Axis() {}

  /** Oldest first; of what happened at one time, what leads to the other comes first. */
  static List<Moment> of(
      Incident incident,
      List<IncidentEvent> timeline,
      List<Delivery> deliveries,
      List<HealResult> steps) {
    List<Moment> moments = new ArrayList<>();
    incident.getAlerts().forEach(alert -> moments.add(of(alert)));
    timeline.forEach(event -> moments.add(of(event)));
    deliveries.forEach(delivery -> moments.add(of(delivery)));
    steps.forEach(step -> moments.add(of(step)));
    moments.sort(OLDEST_FIRST);
    return List.copyOf(moments);
  }

  private static Moment of(IncidentAlert alert) {
    boolean isOver = AlertState.CLEARED.name().equals(alert.getState());
    String series = alert.getSeries().isEmpty() ? "" : " (" + alert.getSeries() + ")";
    return new Moment(
        alert.getSince(),
        Moment.Lane.SIGNAL,
        alert.getState(),
        alert.getRule() + " of " + alert.getResourceId() + series + ": " + alert.getSummary(),
        "",
        alert.getAlertId(),
        isOver ? alert.getAt() : null);
  }

  private static Moment of(IncidentEvent event) {
    return new Moment(
        event.getAt(),
        event.getKind() == IncidentEventKind.VERIFIED
            ? Moment.Lane.VERIFICATION
            : Moment.Lane.DECISION,
        event.getKind().name(),
        event.getCause(),
        event.getBy(),
        Integer.toString(event.getVersion()),
        null);
  }

  /** It stands where it was put into the outbox, and ends where the receiver had it. */
  private static Moment of(Delivery delivery) {
    boolean arrived =
        switch (delivery.getState()) {
          case SENT, DELIVERED -> true;
          case PENDING, FAILED_TEMPORARY, FAILED_PERMANENT, DIGESTED, SUPERSEDED, UNSPECIFIED ->
              false;
        };
    String reason = delivery.getReason().isEmpty() ? "" : " (" + delivery.getReason() + ")";
    return new Moment(
        delivery.getCreatedAt(),
        Moment.Lane.PAGE,
        delivery.getState().name(),
        delivery.getNotification().getKind()
            + " through "
            + delivery.getChannel()
            + ": "
            + delivery.getNotification().getSummary()
            + reason,
        "",
        delivery.getId(),
        arrived ? delivery.getAt() : null);
  }

  private static Moment of(HealResult step) {
    return new Moment(
        step.getTookMs() == null ? step.getAt() : step.getAt().minusMillis(step.getTookMs()),
        isVerdict(step.getOutcome()) ? Moment.Lane.VERIFICATION : Moment.Lane.ACTION,
        step.getOutcome().name(),
        step.getAction() + " on " + step.getTargetId() + ": " + step.getReason(),
        "",
        step.getPlanId(),
        step.getTookMs() == null ? null : step.getAt());
  }

  private static boolean isVerdict(HealOutcome outcome) {
    return switch (outcome) {
      case VERIFIED, NOT_VERIFIED -> true;
      case INTENT, REFUSED, FAILED, EXECUTED, UNKNOWN, AWAITING_APPROVAL, COMPENSATING, REVERTED ->
          false;
    };
  }
}
