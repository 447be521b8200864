package io.tocsin.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.history.HistoryStore;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.Readiness;
import io.tocsin.server.Views;
import io.tocsin.server.capacity.CapacityApi;
import io.tocsin.server.capacity.CapacityBooks;
import io.tocsin.server.delivery.DeliveryApi;
import io.tocsin.server.healing.AuditApi;
import io.tocsin.server.history.HistoryApi;
import io.tocsin.server.http.Area;
import io.tocsin.server.pipeline.KafkaLag;
import io.tocsin.server.pipeline.PipelineApi;
import io.tocsin.server.rule.RuleApi;
import io.tocsin.server.rule.RuleChangeApi;
import io.tocsin.server.rule.RuleSink;
import io.tocsin.server.rule.RuleTrialApi;
import io.tocsin.server.security.SecurityApi;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What the API answers about rules, healing, security, capacity and the pipeline itself, wired to
 * the parts of an installation.
 */
final class ServerAreas implements AutoCloseable {

  /** Some 100 MB of a heap that the alerting job lives in, too. */
  private static final int MOST_REPLAYED = 200_000;

  private final RuleApi rules;
  private final RuleTrialApi trials;
  private final AuditApi audit;
  private final KafkaLag lag;
  private final CapacityApi capacity;
  private final List<Area> all;

  /**
   * Wires them.
   *
   * @param history where figures are, which the caller closes
   * @param writer what changes go by, which the caller closes
   */
  ServerAreas(
      Cluster cluster,
      Views views,
      HistoryStore history,
      CapacityBooks books,
      TopicWriter writer,
      Supplier<Readiness> readiness,
      MeterRegistry meters,
      Clock clock) {
    this.rules = new RuleApi(views.rules(), views.alerts());
    TopicBacktest backtests = new TopicBacktest(cluster, MOST_REPLAYED);
    this.trials = new RuleTrialApi(views.rules(), backtests::run, clock);
    this.audit = new AuditApi(views.audits(), reader -> new TopicAudit(cluster).read(null, reader));
    this.lag = new KafkaLag(cluster, clock);
    this.capacity = new CapacityApi(history, books, clock);
    this.all =
        List.of(
            rules,
            trials,
            new RuleChangeApi(views.rules(), sink(writer), clock),
            audit,
            new DeliveryApi(views.deliveries()),
            new SecurityApi(views.policies(), views.violations()),
            new PipelineApi(readiness, lag, views.troubles(), meters),
            new HistoryApi(history, clock),
            capacity);
  }

  private static RuleSink sink(TopicWriter writer) {
    return new RuleSink() {
      @Override
      public CompletableFuture<?> write(RuleText rule) {
        return writer.send(Topics.RULES, rule);
      }

      @Override
      public CompletableFuture<?> remove(String name) {
        return writer.remove(Topics.RULES, name);
      }

      @Override
      public CompletableFuture<?> tell(Command change) {
        return writer.send(Topics.COMMANDS, change);
      }
    };
  }

  /** All of them. */
  List<Area> all() {
    return all;
  }

  @Override
  public void close() {
    rules.close();
    trials.close();
    audit.close();
    capacity.close();
    lag.close();
  }
}
