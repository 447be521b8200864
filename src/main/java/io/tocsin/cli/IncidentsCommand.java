package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists incidents, or tells one with its timeline. */
@Command(
    name = "incidents",
    description = "Open incidents of the running pipeline, most urgent first.",
    mixinStandardHelpOptions = true,
    subcommands = {
      IncidentsAckCommand.class,
      IncidentsReleaseCommand.class,
      IncidentsResolveCommand.class,
      IncidentsPriorityCommand.class,
      IncidentsNoteCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  tocsin incidents",
      "  tocsin incidents --all --json",
      "  tocsin incidents ID",
      "  tocsin incidents ack ID --for 1h"
    })
final class IncidentsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ApiOption api;

  @Option(names = "--all", description = "Resolved ones too.")
  private boolean all;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "Tell this one, with its timeline.")
  private String id;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (id != null && !id.matches("[A-Za-z0-9_-]{1,128}")) {
      throw new CommandFailure(2, "not an incident id: it has letters, digits, - and _ only");
    }
    JsonNode answer =
        id == null
            ? api.getAll("/api/v1/incidents?state=" + (all ? "all" : "open"))
            : api.get("/api/v1/incidents/" + id);
    if (json.wanted()) {
      out.println(answer.toPrettyString());
    } else if (id != null) {
      tell(answer, out);
    } else {
      list(answer, out);
    }
    return 0;
  }

  private void list(JsonNode incidents, PrintWriter out) {
    if (incidents.isEmpty()) {
      out.println(all ? "no incident is known" : "no incident is open");
      return;
    }
    out.printf(
        "%-9s %-12s %-9s %-28s %-28s %s%n",
        "PRIORITY", "STATE", "FOR", "ID", "RESOURCE", "SUMMARY");
    for (JsonNode incident : incidents) {
      out.printf(
          "%-9s %-12s %-9s %-28s %-28s %s%n",
          text(incident, "priority"),
          text(incident, "state"),
          lasted(incident),
          text(incident, "id"),
          text(incident, "resource"),
          text(incident, "summary"));
    }
  }

  private void tell(JsonNode incident, PrintWriter out) {
    out.printf(
        "%s %s: %s%n",
        text(incident, "priority"), text(incident, "state"), text(incident, "summary"));
    out.printf("priority because %s%n", text(incident, "priorityReason"));
    incident
        .path("evidence")
        .forEach(line -> out.printf("evidence: %s%n", Terminal.plain(line.asText())));
    JsonNode taken = incident.path("acknowledgement");
    if (taken.isObject()) {
      out.printf("taken by %s until %s%n", text(taken, "by"), text(taken, "until"));
    }
    for (JsonNode promise : incident.path("promises")) {
      out.printf(
          "%-12s by %s%s%n",
          text(promise, "what"),
          text(promise, "dueAt"),
          promise.path("metAt").isTextual()
              ? ", kept at " + text(promise, "metAt")
              : promise.path("missed").asBoolean() ? ", missed" : "");
    }
    for (JsonNode alert : incident.path("alerts")) {
      out.printf(
          "alert: %s %s of %s %s%n",
          text(alert, "state"),
          text(alert, "rule"),
          text(alert, "resource"),
          text(alert, "relation"));
    }
    out.println();
    for (JsonNode line : incident.path("timeline")) {
      out.printf(
          "%-25s %-18s %-10s %s%n",
          text(line, "at"), text(line, "kind"), text(line, "state"), text(line, "cause"));
    }
  }

  private String lasted(JsonNode incident) {
    Instant from = Instant.parse(incident.path("startedAt").asText());
    JsonNode resolved = incident.path("resolvedAt");
    Instant to = resolved.isTextual() ? Instant.parse(resolved.asText()) : clock.instant();
    return Terminal.span(Duration.between(from, to));
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() || value.isMissingNode() ? "-" : Terminal.plain(value.asText());
  }
}
