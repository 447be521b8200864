package io.tocsin.cli;

import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.config.Config;
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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An incident made up, to try channels and templates with. */
final class SampleMessage {

  private SampleMessage() {}

  /** A shop that is down since five minutes. */
  static Incident incident(String id, Instant now) {
    Instant since = now.truncatedTo(ChronoUnit.MILLIS).minus(Duration.ofMinutes(5));
    return Incident.newBuilder()
        .setId(id)
        .setRule("endpoint-down")
        .setResourceId("endpoint/shop")
        .setService("shop")
        .setTier(Tier.CORE)
        .setLayer(Layer.UNSPECIFIED)
        .setState(IncidentState.OPEN)
        .setPriority(Priority.P1)
        .setPriorityReason("a core function is affected")
        .setSummary("sample: endpoint/shop does not answer")
        .setEvidence(List.of("3 of 3 probes failed", "connection refused"))
        .setStartedAt(since)
        .setOpenedAt(since)
        .setUpdatedAt(since)
        .setDueAt(since.plus(Duration.ofHours(1)))
        .setVersion(1)
        .setAffected(List.of("endpoint/shop"))
        .setServiceLevel(
            new ServiceLevel(due(since, 15), due(since, 60), due(since, 240), null, 0L))
        .setLabels(Map.of("team", "web"))
        .build();
  }

  private static Deadline due(Instant since, int minutes) {
    return new Deadline(since.plus(Duration.ofMinutes(minutes)), null, false, List.of());
  }

  /** What is to be told of an incident. */
  static Notification notification(Incident incident, NotificationKind kind, Instant now) {
    return Notification.newBuilder()
        .setId(incident.getId() + "-" + kind)
        .setIncidentId(incident.getId())
        .setIncidentVersion(incident.getVersion())
        .setKind(kind)
        .setPriority(incident.getPriority())
        .setAt(now.truncatedTo(ChronoUnit.MILLIS))
        .setEventAt(incident.getUpdatedAt())
        .setSummary(incident.getSummary())
        .setReason(kind == NotificationKind.RESOLVED ? "it is over" : incident.getPriorityReason())
        .setDueAt(incident.getDueAt())
        .setLabels(incident.getLabels())
        .build();
  }

  /** The same on its way through a channel. */
  static Delivery delivery(Notification notification, String channel, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    return Delivery.newBuilder()
        .setId(notification.getId() + "-" + channel)
        .setChannel(channel)
        .setNotification(notification)
        .setDedupKey(notification.getIncidentId())
        .setState(DeliveryState.PENDING)
        .setCreatedAt(at)
        .setAt(at)
        .build();
  }

  /**
   * The channel of that name.
   *
   * @throws CommandFailure naming those that there are
   */
  static ChannelConfig channel(Config config, String name) throws CommandFailure {
    List<ChannelConfig> all = config.notifications().channels();
    return config
        .notifications()
        .channel(name)
        .orElseThrow(
            () ->
                new CommandFailure(
                    2,
                    "there is no channel "
                        + Terminal.plain(name)
                        + " in the configuration; there "
                        + (all.isEmpty()
                            ? "are none: name a file with --config that has notifications.channels"
                            : "are "
                                + all.stream()
                                    .map(ChannelConfig::name)
                                    .collect(Collectors.joining(", ")))));
  }
}
