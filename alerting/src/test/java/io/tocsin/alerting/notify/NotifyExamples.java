package io.tocsin.alerting.notify;

import io.tocsin.schemas.Deadline;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.ServiceLevel;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records that tests of notifications start from. */
public final class NotifyExamples {

  public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  public static final Instant NOW = NOON.plus(Duration.ofMinutes(18));

  private NotifyExamples() {}

  /** P1 on {@code host/web-1}; 42 min are left at {@link #NOW} to mitigate it. */
  public static Incident.Builder incident() {
    return Incident.newBuilder()
        .setId("inc-1")
        .setRule("memory-pressure")
        .setResourceId("host/web-1")
        .setService("shop")
        .setTier(Tier.CORE)
        .setLayer(Layer.INFRASTRUCTURE)
        .setState(IncidentState.OPEN)
        .setPriority(Priority.P1)
        .setPriorityReason("a core function is affected")
        .setSummary("Tasks of host/web-1 wait for memory 38 % of the time")
        .setEvidence(List.of("memory_pressure_percent_mean is 38, above 10", "for 1 min"))
        .setStartedAt(NOON)
        .setOpenedAt(NOON.plusSeconds(60))
        .setUpdatedAt(NOON.plusSeconds(90))
        .setDueAt(NOON.plus(Duration.ofHours(1)))
        .setServiceLevel(
            new ServiceLevel(
                new Deadline(NOON.plusSeconds(600), NOON.plusSeconds(300), false, List.of()),
                new Deadline(NOON.plus(Duration.ofHours(1)), null, false, List.of()),
                new Deadline(NOON.plus(Duration.ofHours(4)), null, false, List.of()),
                null,
                0L))
        .setHealAttempts(1)
        .setVersion(3)
        .setAffected(List.of("host/web-1", "container/shop-1", "service/shop"))
        .setLabels(Map.of("team", "platform"))
        .setRunbook("https://wiki.example.org/memory?host=web-1&tab=2");
  }

  /** What people are told of it. */
  public static Notification.Builder notification(NotificationKind kind) {
    return Notification.newBuilder()
        .setId("note-" + kind)
        .setIncidentId("inc-1")
        .setIncidentVersion(3)
        .setKind(kind)
        .setPriority(Priority.P1)
        .setAt(NOON.plusSeconds(90))
        .setEventAt(NOON.plusSeconds(60))
        .setSummary("Tasks of host/web-1 wait for memory 38 % of the time")
        .setReason("it is new")
        .setDueAt(NOON.plus(Duration.ofHours(1)))
        .setLabels(Map.of("team", "platform"));
  }

  /** On its way through the channel {@code ops}. */
  public static Delivery delivery(Notification notification) {
    return Delivery.newBuilder()
        .setId("delivery-" + notification.getId())
        .setChannel("ops")
        .setNotification(notification)
        .setDedupKey(notification.getIncidentId())
        .setState(DeliveryState.PENDING)
        .setCreatedAt(NOON.plusSeconds(90))
        .setAt(NOON.plusSeconds(90))
        .build();
  }
}
