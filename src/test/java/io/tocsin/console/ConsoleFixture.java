package io.tocsin.console;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.alerting.replay.BacktestReport;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.capacity.CapacityException;
import io.tocsin.capacity.choice.MatrixReader;
import io.tocsin.capacity.cost.PriceBook;
import io.tocsin.capacity.cost.PriceBookReader;
import io.tocsin.config.ServerSection;
import io.tocsin.pipeline.AccessStage;
import io.tocsin.schemas.Acknowledgement;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AuditEntry;
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
import io.tocsin.server.capacity.CapacityApi;
import io.tocsin.server.capacity.CapacityBooks;
import io.tocsin.server.delivery.DeliveryApi;
import io.tocsin.server.healing.AuditApi;
import io.tocsin.server.healing.HealApi;
import io.tocsin.server.history.HistoryApi;
import io.tocsin.server.http.Area;
import io.tocsin.server.incident.CommandApi;
import io.tocsin.server.incident.SilenceApi;
import io.tocsin.server.pipeline.PipelineApi;
import io.tocsin.server.pipeline.PipelineView;
import io.tocsin.server.rule.RuleApi;
import io.tocsin.server.rule.RuleChangeApi;
import io.tocsin.server.rule.RuleTrialApi;
import io.tocsin.server.security.SecurityApi;
import io.tocsin.server.story.StoryApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private final List<AuditEntry> audit = new CopyOnWriteArrayList<>();
  private final RuleApi rules;
  private final RuleTrialApi trials;
  private final AuditApi auditApi;
  private final CapacityApi capacity;
  private final ApiServer server;
  private long offset;

  ConsoleFixture(int resources, int open, boolean hostile, Clock clock) {
    this.clock = clock;
    Instant now = clock.instant();
    this.fleet = new SyntheticFleet(resources, 7, hostile, now);
    views.healing().configure(SyntheticWork.healing());
    fill(open, now);
    if (resources > 0) {
      new SyntheticWork(hostile, now)
          .into(this, fleet.resources(), List.copyOf(incidents.values()));
    }
    this.rules = new RuleApi(views.rules(), views.alerts());
    this.trials = new RuleTrialApi(views.rules(), ConsoleFixture::backtest, clock);
    this.auditApi =
        new AuditApi(
            views.audits(),
            reader -> {
              audit.forEach(reader);
              return 0;
            });
    MemoryHistory history = new MemoryHistory(fleet.resources(), now);
    this.capacity =
        new CapacityApi(
            history, new CapacityBooks(Optional.of(prices()), MatrixReader.shipped()), clock);
    AccessStage access =
        AccessStage.of(
            new ServerSection(null, null, null, null, null, null),
            views.access(),
            new TokensOf(this),
            meters,
            clock);
    this.server =
        new ApiServer(
            views,
            this::readiness,
            meters,
            access.door(),
            clock,
            new StoryApi.Ladders(SyntheticWork.healing(), this::withActions),
            access.with(areas(history)));
  }

  private static PriceBook prices() {
    Path file = Path.of("../deploy/prices.yaml");
    try {
      return PriceBookReader.read(file.toString(), Files.readString(file));
    } catch (IOException | CapacityException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  private Alert withActions(Alert alert) {
    return Alert.newBuilder(alert).setHeal(List.of("restart-shop")).build();
  }

  private Readiness readiness() {
    return new Readiness(true, Map.of("streams", Readiness.UP, "alerting", Readiness.UP), 1);
  }

  private List<Area> areas(MemoryHistory history) {
    CommandApi commands = new CommandApi(views.incidents(), this::carryOut, clock);
    return List.of(
        commands,
        new SilenceApi(views.silences(), views.incidents(), views.alerts(), commands, clock),
        new HealApi(views.healing(), commands, clock),
        rules,
        trials,
        new RuleChangeApi(views.rules(), new RulesOf(this), clock),
        auditApi,
        new SecurityApi(views.policies(), views.violations()),
        new DeliveryApi(views.deliveries()),
        new PipelineApi(
            this::readiness,
            () -> List.of(new PipelineView.Lag("tocsin-alerting", "tocsin.windows", 12)),
            views.troubles(),
            meters),
        new HistoryApi(history, clock),
        capacity);
  }

  private static BacktestReport backtest(RuleSet rules, Instant from, Instant to) {
    return new BacktestReport(
        Map.of("rules", (long) rules.all().size()),
        Duration.between(from, to).toMillis() / 86_400_000.0,
        0,
        Map.of(),
        Map.of(),
        Map.of(),
        null,
        Map.of(),
        List.of());
  }

  /** Runs until it is killed. */
  public static void main(String[] args) {
    int resources = Integer.parseInt(args[1]);
    int incidents = Integer.parseInt(args[2]);
    boolean hostile = args.length > 3;
    ConsoleFixture fixture = new ConsoleFixture(resources, incidents, hostile, Clock.systemUTC());
    System.out.println("http://127.0.0.1:" + fixture.start(Integer.parseInt(args[0])) + "/");
  }

  /** A server that has heard of nothing yet. */
  static ConsoleFixture empty(Clock clock) {
    return new ConsoleFixture(0, 0, false, clock);
  }

  int start(int port) {
    life.scheduleAtFixedRate(this::live, 1, 1, TimeUnit.SECONDS);
    return server.start(port);
  }

  List<Resource> resources() {
    return fleet.resources();
  }

  List<Incident> incidents() {
    return List.copyOf(incidents.values());
  }

  /** Names of the rules that it knows. */
  Set<String> rules() {
    return views.rules().texts().keySet();
  }

  /** The whole chain, as its topic would hold it. */
  List<AuditEntry> audit() {
    return audit;
  }

  /** One more incident, of the first resource, that begins now; nobody has heard of it yet. */
  Incident made(int number) {
    return fleet.incident(number, fleet.resources().get(0), clock.instant());
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
    if (all.isEmpty()) {
      return;
    }
    for (int i = 0; i < Math.max(1, all.size() / 10); i++) {
      measure(all.get(random.nextInt(all.size())), clock.instant());
    }
  }

  /** As the alerting stage would do it, near enough for a page. */
  private CompletableFuture<?> carryOut(Command command) {
    take(Topics.COMMANDS, command);
    String about = command.getIncidentId();
    Incident known = about == null ? null : incidents.get(about);
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
    rules.close();
    trials.close();
    auditApi.close();
    capacity.close();
  }
}
