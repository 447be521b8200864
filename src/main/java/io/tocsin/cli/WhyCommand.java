package io.tocsin.cli;

import io.tocsin.alerting.graph.Graph;
import io.tocsin.alerting.incidents.Why;
import io.tocsin.pipeline.PastIncidents;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.exchange.TopicHistory;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells why an incident is there and is what it is. */
@Command(
    name = "why",
    description =
        "Why an incident is there: what decided, its priority, what belongs to it and why.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:told", "3:there is no such incident", "4:no answer"},
    footer = {"", "Example:", "  tocsin why 9a2279437add4d327b95"})
final class WhyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private JsonOption json;

  @Parameters(paramLabel = "INCIDENT", description = "Its id.")
  private String id;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    Cluster cluster = ClusterAddress.of(config.load());
    ClusterAddress.reach(cluster);
    try {
      Incident incident = new PastIncidents(cluster).all().get(id);
      if (incident == null) {
        throw new CommandFailure(
            CommandFailure.BAD_CONFIGURATION,
            "no incident that is retained has the id " + Terminal.plain(id));
      }
      Why why = Why.of(incident, events(cluster), graph(cluster));
      if (json.wanted()) {
        out.println(
            Json.text(Map.of("incident", id, "why", why, "evidence", incident.getEvidence())));
      } else {
        tell(incident, why, out);
      }
      return 0;
    } catch (KafkaException away) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING,
          "the topics at " + cluster.bootstrapServers() + " cannot be read: " + away.getMessage(),
          away);
    }
  }

  private List<IncidentEvent> events(Cluster cluster) {
    List<IncidentEvent> events = new ArrayList<>();
    try (TopicHistory history = new TopicHistory(cluster, Set.of(Topics.INCIDENT_EVENTS))) {
      history.read(
          null,
          PastIncidents.FAR,
          received ->
              received
                  .as(Topics.INCIDENT_EVENTS)
                  .filter(event -> event.getIncidentId().equals(id))
                  .ifPresent(events::add));
    }
    return events;
  }

  private static Graph graph(Cluster cluster) {
    Graph graph = new Graph();
    try (TopicHistory history = new TopicHistory(cluster, Set.of(Topics.RESOURCES))) {
      history.read(
          null,
          PastIncidents.FAR,
          received ->
              received
                  .as(Topics.RESOURCES)
                  .ifPresentOrElse(graph::put, () -> graph.remove(received.key())));
    }
    return graph;
  }

  private static void tell(Incident incident, Why why, PrintWriter out) {
    out.println(Terminal.plain(incident.getSummary()));
    out.println(Terminal.plain(why.decided()));
    incident.getEvidence().forEach(line -> out.println("  " + Terminal.plain(line)));
    out.println("priority " + Terminal.plain(why.priority()));
    if (!why.cause().isEmpty()) {
      out.println("cause: " + Terminal.plain(why.cause()));
    }
    why.joined().forEach(line -> out.println("joined: " + Terminal.plain(line)));
    why.changes().forEach(line -> out.println("then: " + Terminal.plain(line)));
  }
}
