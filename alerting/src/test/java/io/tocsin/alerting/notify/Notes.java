package io.tocsin.alerting.notify;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.ChannelSpec;
import io.tocsin.alerting.notify.channel.Escaping;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Tier;
import java.time.Instant;
import java.util.Map;

/** Examples of what people are told. */
public final class Notes {

  /** When everything begins; the start of a window of ten minutes. */
  public static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private Notes() {}

  /** A notification of one of an incident's versions. */
  public static Notification note(
      String incident, int version, NotificationKind kind, Priority priority) {
    return Notification.newBuilder()
        .setId(incident + "-" + version + "-" + kind)
        .setIncidentId(incident)
        .setIncidentVersion(version)
        .setKind(kind)
        .setPriority(priority)
        .setAt(T0)
        .setEventAt(T0)
        .setSummary(incident + " is in trouble")
        .setReason("because of version " + version)
        .build();
  }

  /** An open incident. */
  public static Incident incident(String id) {
    return Incident.newBuilder()
        .setId(id)
        .setRule("shop-down")
        .setResourceId("endpoint/shop")
        .setService("shop")
        .setTier(Tier.NON_CORE)
        .setState(IncidentState.OPEN)
        .setPriority(Priority.P1)
        .setPriorityReason("a core function is affected")
        .setSummary("shop is down")
        .setStartedAt(T0)
        .setOpenedAt(T0)
        .setUpdatedAt(T0)
        .setDueAt(T0.plusSeconds(3600))
        .setVersion(1)
        .setLabels(Map.of("team", "web"))
        .build();
  }

  /** A channel that goes nowhere. */
  public static final class NoSpec implements ChannelSpec {
    @Override
    public String kind() {
      return "nowhere";
    }

    @Override
    public Escaping escaping() {
      return Escaping.NONE;
    }

    @Override
    public Channel open(ChannelContext context) {
      throw new IllegalStateException("it is not opened in these tests");
    }
  }
}
