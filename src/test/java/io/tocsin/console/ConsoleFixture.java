package io.tocsin.console;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.schemas.Acknowledgement;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.ApiServer;
import io.tocsin.server.Readiness;
import io.tocsin.server.Views;
import io.tocsin.server.access.AccessControl;
import io.tocsin.server.delivery.DeliveryApi;
import io.tocsin.server.healing.HealApi;
import io.tocsin.server.http.Area;
import io.tocsin.server.incident.CommandApi;
import io.tocsin.server.incident.SilenceApi;
import io.tocsin.server.pipeline.PipelineApi;
import io.tocsin.server.rule.RuleApi;
import io.tocsin.server.security.SecurityApi;
import io.tocsin.server.story.StoryApi;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The real API and console on views that hold a made-up fleet: for looking at pages, and for tests
 * of the browser that need many resources or hostile ones rather than a pipeline. Windows and
 * probes go on arriving; who acknowledges or resolves sees it happen.
 *
 * <p>As a program: {@code ConsoleFixture PORT RESOURCES INCIDENTS [hostile]}.
 */
public final class ConsoleFixture implements AutoCloseable {

  private final Views views = new Views();
  private final Clock clock;
  private final SyntheticFleet fleet;
  private final Map<String, Incident> incidents = new ConcurrentHashMap<>();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ScheduledExecutorService life = Executors.newSingleThreadScheduledExecutor();
  private final Random random = new Random(7);
  private final ApiServer server;
  private long offset;

  ConsoleFixture(int resources, int open, boolean hostile, Clock clock) {
    this.clock = clock;
    Instant now = clock.instant();
    this.fleet = new SyntheticFleet(resources, 7, hostile, now);
    fill(open, now);
    this.server =
        new ApiServer(
            views,
            this::readiness,
            meters,
            AccessControl.OPEN,
            clock,
            StoryApi.Ladders.NONE,
            areas());
  }

  private Readiness readiness() {
    return new Readiness(true, Map.of("streams", Readiness.UP), 1);
  }

  private List<Area> areas() {
    CommandApi commands = new CommandApi(views.incidents(), this::carryOut, clock);
    return List.of(
        commands,
        new SilenceApi(views.silences(), views.incidents(), views.alerts(), commands, clock),
        new HealApi(views.healing(), commands, clock),
        new RuleApi(views.rules(), views.alerts()),
        new SecurityApi(views.policies(), views.violations()),
        new DeliveryApi(views.deliveries()),
        new PipelineApi(this::readiness, List::of, views.troubles(), meters));
  }

  /** Runs until it is killed. */
  public static void main(String[] args) {
    int resources = Integer.parseInt(args[1]);
    int incidents = Integer.parseInt(args[2]);
    boolean hostile = args.length > 3;
    ConsoleFixture fixture = new ConsoleFixture(resources, incidents, hostile, Clock.systemUTC());
    System.out.println("http://127.0.0.1:" + fixture.start(Integer.parseInt(args[0])) + "/");
  }

  int start(int port) {
    life.scheduleAtFixedRate(this::live, 1, 1, TimeUnit.SECONDS);
    return server.start(port);
  }

  Views views() {
    return views;
  }

  private void fill(int open, Instant now) {
    for (Resource each : fleet.resources()) {
      take(Topics.RESOURCES, each);
      measure(each, now);
    }
    List<Resource> all = fleet.resources();
    for (int i = 0; i < open; i++) {
      Resource of = all.get((i * 37) % all.size());
      Incident incident = fleet.incident(i, of, now);
      incidents.put(incident.getId(), incident);
      take(Topics.INCIDENTS, incident);
      fleet.timeline(incident).forEach(line -> take(Topics.INCIDENT_EVENTS, line));
      HealOutcome outcome = HealOutcome.values()[i % HealOutcome.values().length];
      take(Topics.HEAL_RESULTS, fleet.heal(i, incident, outcome, now));
      take(Topics.BOTTLENECKS, fleet.bottleneck(of, now));
    }
  }

  private void measure(Resource each, Instant now) {
    if (each.getKind() == ResourceKind.ENDPOINT) {
      take(
          Topics.PROBES, fleet.probe(each, random.nextInt(20) == 0 ? Health.DOWN : Health.UP, now));
      take(Topics.LATENCIES, fleet.latency(each, now));
    } else if (each.getKind() != ResourceKind.SERVICE) {
      take(Topics.WINDOWS, fleet.window(each, now));
      take(Topics.THROUGHPUTS, fleet.throughput(each, now));
    }
  }

  private void live() {
    List<Resource> all = fleet.resources();
    for (int i = 0; i < Math.max(1, all.size() / 10); i++) {
      measure(all.get(random.nextInt(all.size())), clock.instant());
    }
  }

  /** As the alerting stage would do it, near enough for a page. */
  private CompletableFuture<?> carryOut(Command command) {
    Incident known = incidents.get(command.getIncidentId());
    if (known != null) {
      Incident.Builder next =
          Incident.newBuilder(known)
              .setVersion(known.getVersion() + 1)
              .setUpdatedAt(clock.instant());
      if (command.getKind() == CommandKind.ACKNOWLEDGE) {
        next.setState(IncidentState.ACKNOWLEDGED)
            .setAcknowledgement(
                Acknowledgement.newBuilder()
                    .setBy(command.getBy())
                    .setAt(clock.instant())
                    .setUntil(command.getUntil())
                    .setNote(command.getText())
                    .build());
      } else if (command.getKind() == CommandKind.RESOLVE) {
        next.setState(IncidentState.RESOLVED).setResolvedAt(clock.instant());
      } else if (command.getKind() == CommandKind.REPRIORITISE) {
        next.setPriority(command.getPriority());
      }
      publish(next.build());
    }
    return CompletableFuture.completedFuture(null);
  }

  void publish(Incident incident) {
    incidents.put(incident.getId(), incident);
    take(Topics.INCIDENTS, incident);
  }

  synchronized <V extends SpecificRecordBase> void take(Topic<V> topic, V value) {
    byte[] key = topic.keyOf(value).getBytes(StandardCharsets.UTF_8);
    views.apply(
        new Received<>(topic, value, new ConsumerRecord<>(topic.name(), 0, offset++, key, null)));
  }

  @Override
  public void close() {
    life.shutdownNow();
    server.close();
  }
}
