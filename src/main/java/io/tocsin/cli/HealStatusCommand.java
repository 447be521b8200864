package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells how healing stands. */
@Command(
    name = "status",
    description =
        "Mode, who has paused it, what is under way, what waits, what was refused lately.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:told", "4:no answer"},
    footer = {"", "Example:", "  tocsin heal status --json"})
final class HealStatusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ApiOption api;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode healing = api.get("/api/v1/heal");
    if (json.wanted()) {
      out.println(healing.toPrettyString());
    } else {
      tell(healing, out);
    }
    return 0;
  }

  static void tell(JsonNode healing, PrintWriter out) {
    out.printf(
        "mode %s%s%n",
        text(healing, "mode").toLowerCase(Locale.ROOT),
        healing.path("separate").asBoolean() ? ", by tocsin respond" : "");
    JsonNode paused = healing.path("paused");
    if (paused.isObject()) {
      out.printf(
          "paused by %s since %s: %s%n",
          text(paused, "by"), text(paused, "at"), text(paused, "reason"));
    }
    table("under way", healing.path("inFlight"), out);
    table("waits for a person (tocsin heal approve PLAN)", healing.path("waiting"), out);
    table("refused lately", healing.path("refused"), out);
    table("ended lately", healing.path("ended"), out);
  }

  private static void table(String title, JsonNode plans, PrintWriter out) {
    if (plans.isEmpty()) {
      out.println(title + ": none");
      return;
    }
    out.println(title + ":");
    for (JsonNode plan : plans) {
      out.printf(
          "  %-24s %-4s %-18s %-24s %-28s %-17s %s%n",
          text(plan, "at"),
          text(plan, "priority"),
          text(plan, "plan"),
          text(plan, "action"),
          text(plan, "target"),
          text(plan, "outcome"),
          text(plan, "reason"));
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() || value.isMissingNode() ? "-" : Terminal.plain(value.asText());
  }
}
