package io.tocsin.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.alerting.healing.audit.AuditChain;
import io.tocsin.alerting.healing.audit.AuditHead;
import io.tocsin.alerting.replay.BacktestReport;
import io.tocsin.alerting.rules.BuiltInRules;
import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.capacity.CapacityException;
import io.tocsin.capacity.choice.MatrixReader;
import io.tocsin.capacity.cost.PriceBook;
import io.tocsin.capacity.cost.PriceBookReader;
import io.tocsin.config.Config;
import io.tocsin.history.HistoryQuery;
import io.tocsin.history.HistoryRow;
import io.tocsin.history.HistorySeries;
import io.tocsin.history.HistoryStore;
import io.tocsin.history.HistoryTable;
import io.tocsin.history.RowSink;
import io.tocsin.history.Selector;
import io.tocsin.history.Tier;
import io.tocsin.pipeline.AccessStage;
import io.tocsin.schemas.AccessToken;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.AuditEntry;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.RuleStatus;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.access.AccessControl;
import io.tocsin.server.access.AccessSink;
import io.tocsin.server.capacity.CapacityApi;
import io.tocsin.server.capacity.CapacityBooks;
import io.tocsin.server.delivery.DeliveryApi;
import io.tocsin.server.healing.AuditApi;
import io.tocsin.server.healing.HealApi;
import io.tocsin.server.history.HistoryApi;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.incident.AlertmanagerApi;
import io.tocsin.server.incident.CommandApi;
import io.tocsin.server.incident.SilenceApi;
import io.tocsin.server.pipeline.LagSource;
import io.tocsin.server.pipeline.PipelineApi;
import io.tocsin.server.pipeline.PipelineView;
import io.tocsin.server.rule.Backtests;
import io.tocsin.server.rule.RuleApi;
import io.tocsin.server.rule.RuleChangeApi;
import io.tocsin.server.rule.RuleSink;
import io.tocsin.server.rule.RuleTrialApi;
import io.tocsin.server.security.SecurityApi;
import io.tocsin.server.story.StoryApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The real server over HTTP on views that hold a few examples, with everything around it made up:
 * what it would write is kept in lists.
 */
public final class ExampleServer implements AutoCloseable {

  public static final Instant NOW = Instant.parse("2026-03-20T12:00:00Z");
  public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  public final Views views = new Views();
  public final List<Command> commands = new CopyOnWriteArrayList<>();
  public final List<RuleText> writtenRules = new CopyOnWriteArrayList<>();
  public final List<String> removedRules = new CopyOnWriteArrayList<>();
  public final List<AuditEntry> audit = new ArrayList<>();
  public final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final List<Runnable> open = new ArrayList<>();
  private final ApiServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private long offset;

  public ExampleServer() {
    this(ExampleServer::nothing, () -> List.of(new PipelineView.Lag("tocsin-x", "t", 3)));
  }

  public ExampleServer(Backtests backtests, LagSource lag) {
    this(backtests, lag, AccessControl.OPEN);
  }

  /** One that asks who comes; all that it answers is there, to be asked by every role. */
  public ExampleServer(AccessControl access) {
    this(ExampleServer::nothing, List::of, access);
  }

  private ExampleServer(Backtests backtests, LagSource lag, AccessControl access) {
    this(backtests, lag, new CapacityBooks(Optional.of(prices()), MatrixReader.shipped()), access);
  }

  public ExampleServer(Backtests backtests, LagSource lag, CapacityBooks books) {
    this(backtests, lag, books, AccessControl.OPEN);
  }

  private ExampleServer(
      Backtests backtests, LagSource lag, CapacityBooks books, AccessControl access) {
    CommandApi commandApi = new CommandApi(views.incidents(), this::keep, CLOCK);
    RuleApi rules = new RuleApi(views.rules(), views.alerts());
    RuleTrialApi trials = new RuleTrialApi(views.rules(), backtests, CLOCK);
    AuditApi auditApi =
        new AuditApi(
            views.audits(),
            reader -> {
              audit.forEach(reader);
              return 0;
            });
    HistoryStore store = new TwoWeeks();
    CapacityApi capacity = new CapacityApi(store, books, CLOCK);
    open.addAll(List.of(rules::close, trials::close, auditApi::close, capacity::close));
    List<Area> areas =
        new ArrayList<>(
            List.of(
                commandApi,
                new SilenceApi(
                    views.silences(), views.incidents(), views.alerts(), commandApi, CLOCK),
                new HealApi(views.healing(), commandApi, CLOCK),
                rules,
                trials,
                new RuleChangeApi(views.rules(), sink(), CLOCK),
                auditApi,
                new DeliveryApi(views.deliveries()),
                new SecurityApi(views.policies(), views.violations()),
                new PipelineApi(
                    () -> new Readiness(true, Map.of("streams", Readiness.UP), 1),
                    lag,
                    views.troubles(),
                    meters),
                new HistoryApi(store, CLOCK),
                capacity));
    areas.add(new AlertmanagerApi(alert -> CompletableFuture.completedFuture(null), meters, CLOCK));
    areas.addAll(
        AccessStage.of(Config.defaults().server(), views.access(), new Forgetful(), meters, CLOCK)
            .areas());
    this.server =
        new ApiServer(
            views,
            () -> new Readiness(true, Map.of("streams", Readiness.UP), 1),
            meters,
            access,
            CLOCK,
            StoryApi.Ladders.NONE,
            areas);
    this.port = server.start(0);
  }

  private static PriceBook prices() {
    Path file = Path.of("../deploy/prices.yaml");
    try {
      return PriceBookReader.read(file.toString(), Files.readString(file));
    } catch (IOException | CapacityException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  private CompletableFuture<?> keep(Command command) {
    commands.add(command);
    return CompletableFuture.completedFuture(null);
  }

  private RuleSink sink() {
    return new RuleSink() {
      @Override
      public CompletableFuture<?> write(RuleText rule) {
        writtenRules.add(rule);
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public CompletableFuture<?> remove(String name) {
        removedRules.add(name);
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public CompletableFuture<?> tell(Command change) {
        return keep(change);
      }
    };
  }

  private static BacktestReport nothing(RuleSet rules, Instant from, Instant to) {
    return new BacktestReport(
        new TreeMap<>(Map.of("rules", (long) rules.all().size())),
        Duration.between(from, to).toMillis() / 86_400_000.0,
        0,
        Map.of(),
        Map.of(),
        Map.of(),
        null,
        Map.of(),
        List.of());
  }

  public List<Endpoint> endpoints() {
    return server.endpoints();
  }

  /** A record arrives. */
  public <V extends SpecificRecord> void take(Topic<V> topic, V value) {
    byte[] key = topic.keyOf(value).getBytes(StandardCharsets.UTF_8);
    views.apply(
        new Received<>(topic, value, new ConsumerRecord<>(topic.name(), 0, offset++, key, null)));
  }

  /** The rules that ship are in force, and one of them fires. */
  public void rules() {
    for (LoadedRule loaded : new RuleReader().readTexts(BuiltInRules.texts()).rules()) {
      RuleText text = loaded.asText("config", NOW);
      take(Topics.RULES, text);
      take(
          Topics.RULE_STATUS,
          RuleStatus.newBuilder()
              .setName(text.getName())
              .setVersion(text.getVersion())
              .setAccepted(true)
              .setAt(NOW)
              .build());
    }
    take(Topics.ALERTS, alert("a1", "cpu-saturated", AlertState.FIRING, NOW.minusSeconds(60)));
    take(Topics.ALERTS, alert("a2", "cpu-saturated", AlertState.CLEARED, NOW));
  }

  private static Alert alert(String id, String rule, AlertState state, Instant at) {
    return Alert.newBuilder()
        .setId(id)
        .setRule(rule)
        .setRuleVersion("1")
        .setSignal("efficiency")
        .setResourceId("host/web-1")
        .setState(state)
        .setSince(at)
        .setAt(at)
        .setSummary("<b>busy</b>")
        .build();
  }

  /** An incident. */
  public void incident(String id) {
    take(Topics.INCIDENTS, ViewsTest.incident(id, Priority.P1, IncidentState.OPEN, 1));
  }

  /** The next entry of the audit, chained as the responder does it; on its topic, too. */
  public AuditEntry audited(AuditEntry.Builder entry) {
    AuditHead head =
        audit.isEmpty() ? AuditHead.NONE : AuditChain.headOf(audit.get(audit.size() - 1));
    AuditEntry draft = entry.setSequence(0).setPreviousHash("").setHash("").build();
    AuditEntry whole = AuditChain.next(head, draft, NOW);
    audit.add(whole);
    take(Topics.AUDIT, whole);
    return whole;
  }

  public HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  public JsonNode json(String path) throws Exception {
    return json(get(path));
  }

  public static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  /** Sends a body; text blocks of YAML go in as values of maps. */
  public HttpResponse<String> post(String path, Object body) throws Exception {
    String text = body instanceof String is ? is : new ObjectMapper().writeValueAsString(body);
    return client.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(text))
            .build(),
        BodyHandlers.ofString());
  }

  public HttpResponse<String> delete(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).DELETE().build(), BodyHandlers.ofString());
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    server.close();
    open.forEach(Runnable::run);
  }

  /** Keeps no token. */
  private static final class Forgetful implements AccessSink {
    @Override
    public CompletableFuture<?> keep(AccessToken token) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<?> revoke(String id) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<?> tell(Command change) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** Two hosts and two VMs, one of them always busy, for two weeks in steps of what is asked. */
  private static final class TwoWeeks implements HistoryStore {

    @Override
    public void read(HistoryQuery query, RowSink sink) {
      Instant begin = query.to().minus(Duration.ofDays(14));
      String id = query.selector().value();
      for (Instant at = begin; at.isBefore(query.to()); at = at.plus(query.step())) {
        double[] values = new double[query.figures().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] =
              switch (query.figures().get(i)) {
                case "cpu_percent" -> id.endsWith("busy") ? 95 : 20;
                case "memory_percent" -> 40;
                case "cores" -> id.startsWith("host/") ? 16 : 4;
                case "memory_bytes" -> id.startsWith("host/") ? 64L << 30 : 8L << 30;
                default -> Double.NaN;
              };
        }
        sink.row(new HistoryRow(at, id, "", values));
      }
    }

    @Override
    public List<HistorySeries> series(
        HistoryTable table, Tier tier, Selector selector, Instant from, Instant to) {
      return List.of(
          new HistorySeries("host/a", "HOST", "", ""),
          new HistorySeries("host/b", "HOST", "", ""),
          new HistorySeries("vm/busy", "VM", "shop", ""),
          new HistorySeries("vm/idle", "VM", "shop", ""));
    }

    @Override
    public void close() {}
  }
}
