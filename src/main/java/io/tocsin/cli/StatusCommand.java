package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says how the running pipeline fares. */
@Command(
    name = "status",
    description = "How the running pipeline fares, part by part.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:ready", "1:running, but a part is not ready", "4:not running"},
    footer = {"", "Example:", "  tocsin status --json"})
final class StatusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ApiOption api;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    JsonNode readiness = api.get("/health/ready");
    JsonNode incidents = api.getAll("/api/v1/incidents?state=open");
    JsonNode resources = api.get("/api/v1/fleet").path("resources");
    boolean ready = readiness.path("ready").asBoolean();
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      ObjectNode all = readiness.deepCopy();
      all.put("api", api.address().toString());
      all.put("openIncidents", incidents.size());
      all.put("resources", resources.size());
      out.println(all.toPrettyString());
    } else {
      out.printf("%s at %s%n", ready ? "ready" : "NOT READY", api.address());
      readiness
          .path("parts")
          .properties()
          .forEach(
              part ->
                  out.printf(
                      "  %-12s %s%n", part.getKey(), Terminal.plain(part.getValue().asText())));
      out.printf(
          "%s in memory, %d resources, %d open incidents%n",
          Terminal.megabytes(readiness.path("residentBytes").asLong()),
          resources.size(),
          incidents.size());
    }
    return ready ? 0 : 1;
  }
}
