package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.BottleneckSeverity;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import io.tocsin.schemas.Figure;
import io.tocsin.schemas.Flow;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.LatencySource;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.SecuritySource;
import io.tocsin.schemas.Severity;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Violation;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * One hour of every table, made of records as the recorder makes them. Who has load, throughput and
 * latencies is as the streams have it: requests of services, latencies of endpoints and services
 * alone, throughput of services and kinds but of no other roll-ups, no load of an endpoint; so that
 * a panel which asks the wrong ones is empty here, too.
 */
public final class FilledTables {

  private static final long SEED = 11;
  private static final Duration STEP = Duration.ofMinutes(10);

  private final List<String> lines = new ArrayList<>();
  private final Random random = new Random(SEED);

  private FilledTables() {}

  /**
   * Fills a store.
   *
   * @param end of the hour
   */
  public static void write(HistoryPlace place, Instant end) {
    FilledTables filled = new FilledTables();
    for (Instant at = end.minus(Duration.ofHours(1)); at.isBefore(end); at = at.plus(STEP)) {
      filled.loads(at);
      filled.events(at);
      filled.meters(at);
      filled.costs(at);
    }
    try (PointStore store = place.points()) {
      assertThat(store.write(filled.lines)).isInstanceOf(PointStore.Answer.Stored.class);
    }
  }

  private void loads(Instant at) {
    for (Tier tier : List.of(Tier.TEN_SECONDS, Tier.MINUTE)) {
      load("host/a", ResourceKind.HOST, "shop", 0, tier, at);
      load("host/o'neil \"(1+1)\" $b/c", ResourceKind.HOST, null, 0, tier, at);
      load("vm/b", ResourceKind.VM, "shop", 0, tier, at);
      load("container/c", ResourceKind.CONTAINER, "shop", 0, tier, at);
      load("endpoint/shop", ResourceKind.ENDPOINT, "shop", 0, tier, at);
      load("service/shop", ResourceKind.SERVICE, "shop", 3, tier, at);
      load("rollup/kind/host", ResourceKind.HOST, null, 2, tier, at);
      load("rollup/kind/vm", ResourceKind.VM, null, 1, tier, at);
      load("rollup/kind/container", ResourceKind.CONTAINER, null, 1, tier, at);
      load("rollup/fleet", ResourceKind.UNSPECIFIED, null, 4, tier, at);
    }
  }

  private void load(
      String id, ResourceKind kind, String service, int members, Tier tier, Instant at) {
    Window window = new Window();
    window.setResourceId(id);
    window.setKind(kind);
    window.setService(service);
    window.setMembers(members);
    window.setStartsAt(at);
    window.setSizeMs(tier.size().toMillis());
    window.setMemoryBytes(8L << 30);
    boolean hasLoad = kind != ResourceKind.ENDPOINT;
    boolean hasLatency = kind == ResourceKind.ENDPOINT || kind == ResourceKind.SERVICE;
    if (hasLoad) {
      add(Topics.WINDOWS, filled(window));
    }
    ThroughputWindow throughput = new ThroughputWindow();
    throughput.setResourceId(id);
    throughput.setKind(kind);
    throughput.setService(service);
    throughput.setMembers(members);
    throughput.setStartsAt(at);
    throughput.setSizeMs(tier.size().toMillis());
    filled(throughput);
    Flow requests = throughput.getRequestsPerSecond();
    throughput.setRequestsPerSecond(null);
    if (hasLoad && !id.equals("rollup/fleet")) {
      add(Topics.THROUGHPUTS, throughput);
    }
    if (kind == ResourceKind.SERVICE) {
      ThroughputWindow answered = new ThroughputWindow();
      answered.setResourceId(id);
      answered.setKind(kind);
      answered.setService(service);
      answered.setMembers(members);
      answered.setStartsAt(at);
      answered.setSizeMs(tier.size().toMillis());
      answered.setRequestsPerSecond(requests);
      add(Topics.THROUGHPUTS, answered);
    }
    LatencyWindow latency = new LatencyWindow();
    latency.setResourceId(id);
    latency.setKind(kind);
    latency.setService(service);
    latency.setMembers(members);
    latency.setSource(LatencySource.PROBES);
    latency.setStartsAt(at);
    latency.setSizeMs(tier.size().toMillis());
    latency.setCount(10);
    if (hasLatency) {
      add(Topics.LATENCIES, filled(latency));
    }
  }

  /** Puts a number wherever a record may have one and has none. */
  private <R extends SpecificRecord> R filled(R record) {
    for (Schema.Field field : record.getSchema().getFields()) {
      if (record.get(field.pos()) == null && field.schema().isUnion()) {
        Schema type = field.schema().getTypes().get(1);
        double value = 100 * random.nextDouble();
        switch (type.getName()) {
          case "Figure" -> record.put(field.pos(), new Figure(value, value, value, value, value));
          case "Flow" -> record.put(field.pos(), new Flow(60L, value, value));
          case "double" -> record.put(field.pos(), value);
          default -> {
            // names and the like stay unknown
          }
        }
      }
    }
    return record;
  }

  private void meters(Instant at) {
    for (OwnMeter own : OwnMeter.ALL) {
      Line line =
          new Line("meters_1m").tag("resource", "tocsin/up").tag("meter", own.name() + "/a");
      OwnMeter.tags(line, own.name() + "/a");
      lines.add(
          line.whole("members", 0L)
              .statistic("meter_value_mean", random.nextDouble())
              .statistic("meter_value_max", random.nextDouble())
              .at(at)
              .orElseThrow());
    }
  }

  private void costs(Instant at) {
    cost("vm/b", 0, at);
    cost("service/shop", 3, at);
    cost("rollup/fleet", 4, at);
  }

  private void cost(String resource, long members, Instant at) {
    lines.add(
        new Line("costs")
            .tag("resource", resource)
            .tag("kind", "VM")
            .tag("service", resource.startsWith("rollup/") ? null : "shop")
            .tag("currency", "EUR")
            .whole("members", members)
            .number("cost_per_hour", random.nextDouble())
            .number("cost_per_month", random.nextDouble())
            .statistic("cost_low_per_month", random.nextDouble())
            .statistic("cost_high_per_month", random.nextDouble())
            .at(at)
            .orElseThrow());
  }

  private void events(Instant at) {
    String id = Long.toString(at.getEpochSecond());
    for (BottleneckKind kind : BottleneckKind.values()) {
      for (BottleneckSeverity severity : BottleneckSeverity.values()) {
        add(Topics.BOTTLENECKS, bottleneck("vm/" + severity, kind, severity, at));
      }
    }
    for (Priority priority : Priority.values()) {
      for (IncidentState state : IncidentState.values()) {
        add(Topics.INCIDENTS, incident(id + priority + state, priority, state, at));
      }
    }
    int version = 0;
    for (IncidentEventKind kind : IncidentEventKind.values()) {
      add(
          Topics.INCIDENT_EVENTS,
          new IncidentEvent(id, ++version, kind, at, IncidentState.OPEN, Priority.P1, "it", ""));
    }
    for (HealOutcome outcome : HealOutcome.values()) {
      HealResult result =
          HealResult.newBuilder()
              .setPlanId(id)
              .setIncidentId(id)
              .setAttempt(1)
              .setAction("container.restart")
              .setTargetId("container/c")
              .setOutcome(outcome)
              .setReason("because")
              .setAt(at)
              .setTookMs(900L)
              .build();
      add(Topics.HEAL_RESULTS, result);
    }
    for (Severity severity : Severity.values()) {
      for (PolicyEffect effect : PolicyEffect.values()) {
        add(Topics.VIOLATIONS, violation(id + severity + effect, severity, effect, at));
      }
    }
    for (DeliveryState state : DeliveryState.values()) {
      add(Topics.DELIVERIES, delivery(id + state, state, at));
    }
  }

  private static Bottleneck bottleneck(
      String resource, BottleneckKind kind, BottleneckSeverity severity, Instant at) {
    return Bottleneck.newBuilder()
        .setResourceId(resource)
        .setResourceKind(ResourceKind.VM)
        .setKind(kind)
        .setSeverity(severity)
        .setActive(true)
        .setSince(at)
        .setAt(at)
        .setValue(97)
        .setThreshold(90)
        .setUnit("%")
        .setConfidence(0.9)
        .build();
  }

  private static Incident incident(String id, Priority priority, IncidentState state, Instant at) {
    return Incident.newBuilder()
        .setId(id)
        .setRule("cpu")
        .setResourceId("vm/b")
        .setService("shop")
        .setState(state)
        .setPriority(priority)
        .setPriorityReason("the rule says so")
        .setSummary("CPU of vm/b")
        .setStartedAt(at)
        .setOpenedAt(at)
        .setUpdatedAt(at)
        .setDueAt(at)
        .setResolvedAt(state == IncidentState.RESOLVED ? at.plusSeconds(60) : null)
        .setVersion(1)
        .build();
  }

  private static Violation violation(
      String id, Severity severity, PolicyEffect effect, Instant at) {
    return Violation.newBuilder()
        .setId(id)
        .setEventId(id)
        .setAt(at)
        .setPolicy("baseline")
        .setRule("no-root")
        .setEffect(effect)
        .setSeverity(severity)
        .setResourceId("container/c")
        .setKind(ResourceKind.CONTAINER)
        .setService("shop")
        .setAction("exec")
        .setSource(SecuritySource.FALCO)
        .setReason("a shell")
        .build();
  }

  private static Delivery delivery(String id, DeliveryState state, Instant at) {
    return Delivery.newBuilder()
        .setId(id)
        .setChannel("mail")
        .setNotification(
            Notification.newBuilder()
                .setId(id)
                .setIncidentId("i")
                .setIncidentVersion(1)
                .setKind(NotificationKind.RAISED)
                .setPriority(Priority.P1)
                .setAt(at)
                .setEventAt(at)
                .setSummary("CPU of vm/b")
                .setReason("raised")
                .build())
        .setDedupKey(id)
        .setState(state)
        .setReason("because")
        .setAttempts(2)
        .setCreatedAt(at)
        .setAt(at)
        .build();
  }

  private <V extends SpecificRecord> void add(Topic<V> topic, V record) {
    String line = Points.of(new Received<>(topic, record, null)).orElseThrow();
    lines.add(line);
    if (line.matches("(windows|throughputs|latencies)_1m,.*")) {
      lines.add(line.replaceFirst("_1m,", "_1h,"));
    }
  }
}
