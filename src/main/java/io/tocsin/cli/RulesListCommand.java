package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the rules of the running pipeline. */
@Command(
    name = "list",
    description = "Rules of the running pipeline, whether they hold, and how many alerts fire.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  tocsin rules list --json"})
final class RulesListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ApiOption api;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode rules = api.get("/api/v1/rules");
    if (json.wanted()) {
      out.println(rules.toPrettyString());
      return 0;
    }
    String row = "%-32s %-13s %-9s %7s %-12s %s%n";
    out.printf(row, "NAME", "VERSION", "STATE", "FIRING", "BY", "FROM");
    for (JsonNode rule : rules) {
      out.printf(
          row,
          text(rule, "name"),
          text(rule, "version"),
          state(rule),
          rule.path("firing").asText(),
          text(rule, "by"),
          text(rule, "file") + ":" + rule.path("line").asInt());
      rule.path("problems").forEach(line -> out.println("    " + Terminal.plain(line.asText())));
      JsonNode comparison = rule.path("comparison");
      if (comparison.isObject()) {
        out.printf(
            "    beside %s since %s: both %d, only the live one %d, only this one %d%n",
            text(comparison, "live"),
            text(comparison, "since"),
            comparison.path("both").asLong(),
            comparison.path("onlyLive").asLong(),
            comparison.path("onlyShadow").asLong());
      }
    }
    return 0;
  }

  private static String state(JsonNode rule) {
    if (!rule.path("problems").isEmpty()) {
      return "refused";
    }
    if (!rule.path("inForce").asText().equals(rule.path("version").asText())) {
      return "pending";
    }
    return rule.path("shadow").asBoolean() ? "shadow" : "in force";
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() || value.isMissingNode() ? "-" : Terminal.plain(value.asText());
  }
}
