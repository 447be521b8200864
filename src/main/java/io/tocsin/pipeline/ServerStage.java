package io.tocsin.pipeline;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.alerting.job.AlertingConfig;
import io.tocsin.capacity.choice.MatrixReader;
import io.tocsin.config.Config;
import io.tocsin.history.HistoryStore;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.ApiServer;
import io.tocsin.server.Readiness;
import io.tocsin.server.ViewReader;
import io.tocsin.server.Views;
import io.tocsin.server.capacity.CapacityBooks;
import io.tocsin.server.healing.HealApi;
import io.tocsin.server.http.Area;
import io.tocsin.server.incident.AlertmanagerApi;
import io.tocsin.server.incident.CommandApi;
import io.tocsin.server.incident.SilenceApi;
import io.tocsin.server.story.StoryApi;
import io.tocsin.server.story.WhyNotApi;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * API and console over a cluster, wherever that is: views, what fills them, what they are asked.
 */
final class ServerStage implements AutoCloseable {

  private final ViewReader reader;
  private final TopicWriter writer;
  private final HistoryStore history;
  private final ServerAreas more;
  private final ApiServer server;

  private ServerStage(
      ViewReader reader,
      TopicWriter writer,
      HistoryStore history,
      ServerAreas more,
      ApiServer server) {
    this.reader = reader;
    this.writer = writer;
    this.history = history;
    this.more = more;
    this.server = server;
  }

  /**
   * Begins to read and to answer.
   *
   * @param history open; closed with the stage
   * @param alerting what may be tried for an alert
   * @param readiness what the program says of itself
   * @throws io.javalin.util.JavalinBindException if the port is taken
   */
  static ServerStage start(
      Config config,
      Cluster cluster,
      Views views,
      HistoryStore history,
      AlertingConfig alerting,
      Supplier<Readiness> readiness,
      PrometheusMeterRegistry meters,
      Clock clock) {
    views.healing().configure(config.healing());
    ViewReader reader = new ViewReader(cluster, views, clock);
    views.access().currentWhile(reader::isCurrent);
    TopicWriter writer = new TopicWriter(cluster, "tocsin-api");
    AccessStage access = AccessStage.of(config.server(), views.access(), writer, meters, clock);
    ServerAreas more =
        new ServerAreas(
            cluster,
            views,
            history,
            new CapacityBooks(HistoryPrices.book(config), MatrixReader.shipped()),
            writer,
            readiness,
            meters,
            clock);
    ApiServer server =
        new ApiServer(
            views,
            readiness,
            meters,
            access.door(),
            clock,
            new StoryApi.Ladders(config.healing(), alerting::withActions),
            access.with(areas(cluster, views, more, writer, meters, clock)));
    ServerStage stage = new ServerStage(reader, writer, history, more, server);
    reader.start();
    try {
      server.start(config.ports().api());
    } catch (RuntimeException taken) {
      stage.close();
      throw taken;
    }
    return stage;
  }

  private static List<Area> areas(
      Cluster cluster,
      Views views,
      ServerAreas more,
      TopicWriter writer,
      PrometheusMeterRegistry meters,
      Clock clock) {
    CommandApi commands =
        new CommandApi(views.incidents(), command -> writer.send(Topics.COMMANDS, command), clock);
    List<Area> areas = new ArrayList<>(more.all());
    areas.add(commands);
    areas.add(new SilenceApi(views.silences(), views.incidents(), views.alerts(), commands, clock));
    areas.add(new WhyNotApi(new TopicWhyNot(cluster, views.fleet(), clock), clock));
    areas.add(new HealApi(views.healing(), commands, clock));
    areas.add(
        new AlertmanagerApi(alert -> writer.send(Topics.EXTERNAL_ALERTS, alert), meters, clock));
    return areas;
  }

  /** What it says of itself. */
  String state() {
    return reader.isCurrent() ? Readiness.UP : "behind its topics";
  }

  @Override
  public void close() {
    server.close();
    more.close();
    history.close();
    writer.close();
    reader.close();
  }
}
