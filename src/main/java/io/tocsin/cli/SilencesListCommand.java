package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists silences. */
@Command(
    name = "list",
    description = "Silences that hold now or later.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  tocsin silences list --all --json"})
final class SilencesListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ApiOption api;

  @Option(names = "--all", description = "Those that are over, too.")
  private boolean all;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    List<JsonNode> silences = new ArrayList<>();
    for (JsonNode silence : api.get("/api/v1/silences")) {
      if (all || !silence.path("state").asText().equals("over")) {
        silences.add(silence);
      }
    }
    if (json.wanted()) {
      out.println(Json.text(silences));
      return 0;
    }
    if (silences.isEmpty()) {
      out.println("nothing is silenced");
      return 0;
    }
    String row = "%-16s %-8s %-21s %-12s %-40s %s%n";
    out.printf(row, "ID", "STATE", "ENDS", "BY", "MATCHERS", "REASON");
    for (JsonNode silence : silences) {
      out.printf(
          row,
          text(silence, "id"),
          text(silence, "state"),
          text(silence, "endsAt"),
          text(silence, "by"),
          text(silence, "matchers"),
          text(silence, "reason"));
    }
    return 0;
  }

  private static String text(JsonNode node, String field) {
    return Terminal.plain(node.path(field).asText("-"));
  }
}
