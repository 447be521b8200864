package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the policies of the running pipeline. */
@Command(
    name = "list",
    description = "Policies of the running pipeline, in the order in which they are asked.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  tocsin policies list --json"})
final class PoliciesListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ApiOption api;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode policies = api.get("/api/v1/policies");
    if (json.wanted()) {
      out.println(policies.toPrettyString());
      return 0;
    }
    if (policies.isEmpty()) {
      out.println("there is no policy, so nothing is judged; tocsin policies apply FILE adds some");
      return 0;
    }
    String row = "%7s %-24s %8s %-8s %6s %s%n";
    out.printf(row, "ORDER", "ID", "VERSION", "ENABLED", "RULES", "DESCRIPTION");
    for (JsonNode policy : policies) {
      out.printf(
          row,
          policy.path("order").asInt(),
          Terminal.plain(policy.path("id").asText()),
          policy.path("version").asInt(),
          policy.path("enabled").asBoolean() ? "yes" : "no",
          policy.path("rules").size(),
          Terminal.plain(policy.path("description").asText()));
    }
    return 0;
  }
}
