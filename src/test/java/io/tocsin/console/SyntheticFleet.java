package io.tocsin.console;

import io.tocsin.schemas.Acknowledgement;
import io.tocsin.schemas.Advice;
import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.BottleneckSeverity;
import io.tocsin.schemas.Deadline;
import io.tocsin.schemas.Figure;
import io.tocsin.schemas.Flow;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentAlert;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.LatencySource;
import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.ProbeKind;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.ServiceLevel;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Tier;
import io.tocsin.schemas.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Records of a made-up fleet: hosts with four VMs, each with four containers; an endpoint and a
 * service for every twenty. The same seed makes the same fleet.
 */
final class SyntheticFleet {

  /** What a label may hold when somebody means harm; every page has to show it as text. */
  static final String HOSTILE =
      "<img src=x onerror=\"window.__tocsinHacked=1\"> \u202Eevil\u202C '\";alert(1)//";

  private final Random random;
  private final boolean hostile;
  private final List<Resource> resources = new ArrayList<>();

  SyntheticFleet(int size, long seed, boolean hostile, Instant now) {
    this.random = new Random(seed);
    this.hostile = hostile;
    for (int host = 0; resources.size() < size; host++) {
      addHost(host, size, now);
    }
  }

  List<Resource> resources() {
    return List.copyOf(resources);
  }

  private void addHost(int number, int size, Instant now) {
    String zone = "zone-" + (char) ('a' + number % 3);
    String service = "service-" + number % 40 + (hostile && number % 2 == 1 ? HOSTILE : "");
    add(ResourceKind.SERVICE, service, null, null, zone, size, now);
    String host = add(ResourceKind.HOST, "host-" + number, null, null, zone, size, now);
    add(ResourceKind.ENDPOINT, "endpoint-" + number, null, service, zone, size, now);
    for (int vm = 0; vm < 4; vm++) {
      String guest =
          add(ResourceKind.VM, "vm-" + number + "-" + vm, host, service, zone, size, now);
      for (int box = 0; box < 4; box++) {
        String name = "c-" + number + "-" + vm + "-" + box + (hostile && box == 3 ? HOSTILE : "");
        add(ResourceKind.CONTAINER, name, guest, service, zone, size, now);
      }
    }
  }

  private String add(
      ResourceKind kind,
      String name,
      String parent,
      String service,
      String zone,
      int size,
      Instant now) {
    String id = kind.name().toLowerCase(java.util.Locale.ROOT) + "/" + name;
    if (resources.size() < size && resources.stream().noneMatch(each -> each.getId().equals(id))) {
      resources.add(
          Resource.newBuilder()
              .setId(id)
              .setKind(kind)
              .setName(hostile ? name + HOSTILE : name)
              .setParent(parent)
              .setService(service)
              .setTier(random.nextInt(4) == 0 ? Tier.CORE : Tier.NON_CORE)
              .setLabels(
                  hostile
                      ? Map.of("note", HOSTILE, "long", "x".repeat(65_536), "zone", zone)
                      : Map.of("zone", zone, "image", "registry/app:1." + random.nextInt(9)))
              .setIntervalMs(10_000)
              .setUpdatedAt(now)
              .build());
    }
    return id;
  }

  Window window(Resource of, Instant now) {
    Instant start = Instant.ofEpochSecond(now.getEpochSecond() / 10 * 10);
    double cpu = random.nextDouble() * 100;
    double memory = random.nextDouble() * 100;
    double io = random.nextDouble() * 40;
    double network = random.nextDouble() * 30;
    return Window.newBuilder()
        .setResourceId(of.getId())
        .setKind(of.getKind())
        .setService(of.getService())
        .setTier(of.getTier())
        .setStartsAt(start)
        .setEndsAt(start.plusSeconds(10))
        .setSizeMs(10_000)
        .setLatestAt(now)
        .setIsFinal(false)
        .setIntervals(1 + (int) (now.getEpochSecond() % 10))
        .setCpuPercent(figure(cpu))
        .setMemoryPercent(figure(memory))
        .setIoPercent(figure(io))
        .setNetworkPercent(figure(network))
        .setEfficiency((cpu + memory) / (cpu + memory + io + network))
        .setCores(4.0)
        .setMemoryBytes(8L << 30)
        .build();
  }

  private static Figure figure(double mean) {
    return new Figure(mean, mean * 1.2, mean, mean * 1.1, mean * 1.15);
  }

  LatencyWindow latency(Resource of, Instant now) {
    double median = 1 + random.nextDouble() * 80;
    Instant start = Instant.ofEpochSecond(now.getEpochSecond() / 10 * 10);
    return LatencyWindow.newBuilder()
        .setResourceId(of.getId())
        .setKind(of.getKind())
        .setService(of.getService())
        .setSource(LatencySource.PROBES)
        .setStartsAt(start)
        .setEndsAt(start.plusSeconds(10))
        .setSizeMs(10_000)
        .setLatestAt(now)
        .setIsFinal(false)
        .setCount(10)
        .setMeanMs(median * 1.1)
        .setJitterMs(median * .1)
        .setP50Ms(median)
        .setP90Ms(median * 1.6)
        .setP99Ms(median * 3)
        .setP999Ms(median * 5)
        .setMinMs(median * .6)
        .setMaxMs(median * 6)
        .setSent(10)
        .setLossPercent(random.nextInt(10) == 0 ? 2.5 : 0)
        .setRequests(10)
        .setErrorPercent(0.0)
        .build();
  }

  ThroughputWindow throughput(Resource of, Instant now) {
    Instant start = Instant.ofEpochSecond(now.getEpochSecond() / 10 * 10);
    double rate = random.nextDouble() * 1e7;
    return ThroughputWindow.newBuilder()
        .setResourceId(of.getId())
        .setKind(of.getKind())
        .setService(of.getService())
        .setStartsAt(start)
        .setEndsAt(start.plusSeconds(10))
        .setSizeMs(10_000)
        .setLatestAt(now)
        .setIsFinal(false)
        .setCoveredMs(10_000)
        .setRxBytesPerSecond(new Flow((long) rate * 10, rate, rate * 1.5))
        .setTxBytesPerSecond(new Flow((long) rate * 5, rate / 2, rate))
        .build();
  }

  Probe probe(Resource of, Health health, Instant now) {
    return Probe.newBuilder()
        .setResourceId(of.getId())
        .setService(of.getService())
        .setTier(of.getTier())
        .setOrigin(new Origin("agent-1", "boot-1", now.toEpochMilli()))
        .setAt(now)
        .setKind(ProbeKind.HTTP)
        .setHealth(health)
        .setEvidence(health == Health.UP ? "answered 200" : text("connection refused"))
        .setLatencyUs(health == Health.UP ? 900L + random.nextInt(9_000) : null)
        .setAttempts(1)
        .setIntervalMs(1_000)
        .build();
  }

  private String text(String plain) {
    return hostile ? plain + " " + HOSTILE : plain;
  }

  Incident incident(int number, Resource of, Instant now) {
    Priority priority = Priority.values()[Math.min(3, number % 7)];
    Instant since = now.minus(Duration.ofMinutes(1 + random.nextInt(300)));
    IncidentState state =
        List.of(IncidentState.OPEN, IncidentState.ACKNOWLEDGED, IncidentState.HEALING)
            .get(number % 3);
    return Incident.newBuilder()
        .setId("%020x".formatted(number + 0xabcdef0L))
        .setRule(priority == Priority.P3 ? "cpu-saturated" : "endpoint-down")
        .setResourceId(of.getId())
        .setService(of.getService())
        .setTier(of.getTier())
        .setState(state)
        .setPriority(priority)
        .setPriorityReason(text(priority + ": of a " + of.getTier() + " service"))
        .setSummary(text(of.getId() + " is in trouble"))
        .setEvidence(List.of(text("connection refused by 127.0.0.1:46235"), text("3 in a row")))
        .setStartedAt(since)
        .setOpenedAt(since.plusSeconds(2))
        .setUpdatedAt(now)
        .setDueAt(since.plus(Duration.ofHours(number % 5)))
        .setAcknowledgement(
            state == IncidentState.ACKNOWLEDGED
                ? new Acknowledgement(text("jo"), since, now.plusSeconds(3_600), text("looking"))
                : null)
        .setVersion(1)
        .setLayer(Layer.INFRASTRUCTURE)
        .setAlerts(
            List.of(
                new IncidentAlert(
                    "alert-" + number,
                    "endpoint-down",
                    of.getId(),
                    "",
                    "FIRING",
                    since,
                    now,
                    text("it does not answer"),
                    "")))
        .setAffected(List.of(of.getId()))
        .setServiceLevel(
            ServiceLevel.newBuilder()
                .setAcknowledge(due(since.plus(Duration.ofMinutes(15))))
                .setMitigate(due(since.plus(Duration.ofHours(1))))
                .setResolve(due(since.plus(Duration.ofHours(4))))
                .build())
        .setLabels(hostile ? Map.of("team", HOSTILE) : Map.of("team", "web"))
        .setRunbook(hostile ? "javascript:alert(1)" : "https://example.org/runbooks/endpoint-down")
        .build();
  }

  private static Deadline due(Instant at) {
    return Deadline.newBuilder().setDueAt(at).build();
  }

  List<IncidentEvent> timeline(Incident of) {
    List<IncidentEvent> lines = new ArrayList<>();
    Instant at = of.getOpenedAt();
    for (IncidentEventKind kind :
        List.of(
            IncidentEventKind.OPENED,
            IncidentEventKind.ALERT_ADDED,
            IncidentEventKind.HEALING_PLANNED,
            IncidentEventKind.HEALING_STARTED,
            IncidentEventKind.NOTE)) {
      lines.add(
          IncidentEvent.newBuilder()
              .setIncidentId(of.getId())
              .setVersion(lines.size() + 1)
              .setKind(kind)
              .setAt(at)
              .setState(of.getState())
              .setPriority(of.getPriority())
              .setCause(text("because of what was measured"))
              .setBy(kind == IncidentEventKind.NOTE ? text("jo") : "")
              .build());
      at = at.plusMillis(400 + random.nextInt(4_000));
    }
    return lines;
  }

  HealResult heal(int number, Incident of, HealOutcome outcome, Instant now) {
    return HealResult.newBuilder()
        .setPlanId("plan-" + number)
        .setIncidentId(of.getId())
        .setAttempt(1)
        .setAction("restart-shop")
        .setTargetId(of.getResourceId())
        .setOutcome(outcome)
        .setReason(text("cooldown: it was restarted 20 s ago; 60 s are asked for"))
        .setAt(now)
        .setPriority(of.getPriority())
        .setEpoch(1)
        .build();
  }

  Bottleneck bottleneck(Resource of, Instant now) {
    BottleneckKind kind = BottleneckKind.values()[random.nextInt(4)];
    double value = 80 + random.nextDouble() * 20;
    return Bottleneck.newBuilder()
        .setResourceId(of.getId())
        .setResourceKind(of.getKind())
        .setService(of.getService())
        .setTier(of.getTier())
        .setKind(kind)
        .setActive(true)
        .setSince(now.minusSeconds(random.nextInt(5_000)))
        .setAt(now)
        .setValue(value)
        .setThreshold(80)
        .setUnit("%")
        .setConfidence(.5 + random.nextDouble() / 2)
        .setRunnerUp(BottleneckKind.IO)
        .setEvidence(List.of(text("CPU 93 % of 4 cores"), "tasks wait 41 % of the time (PSI)"))
        .setRemedy("give it more cores")
        .setSeverity(BottleneckSeverity.values()[random.nextInt(4)])
        .setAdvice(
            List.of(
                new Advice(
                    "cpu-more-cores",
                    text("Give it more cores"),
                    "virsh setvcpus <domain> <n> --live",
                    "The host may have none to give.",
                    "libvirt manual",
                    "throttled 22 % of the time")))
        .build();
  }
}
