package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the security report. */
@Command(
    name = "security",
    description = "The security report of the running pipeline: violations and image findings.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  tocsin security", "  tocsin security --json"})
final class SecurityCommand implements Callable<Integer> {

  private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");
  private static final String TOTALS = "%-44s %9s %9s %9s %9s%n";
  private static final String LATEST = "%-24s %-9s %-6s %-20s %-32s %s%n";
  private static final String IMAGES = "%-24s %-40s %13s %9s %6s%n";

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ApiOption api;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode report = api.get("/api/v1/security/report");
    if (json.wanted()) {
      out.println(report.toPrettyString());
    } else {
      print(report, out);
    }
    return 0;
  }

  static void print(JsonNode report, PrintWriter out) {
    out.println(text(report, "headline"));
    out.printf("%n" + TOTALS, "VIOLATIONS", "CRITICAL", "HIGH", "MEDIUM", "LOW");
    totals("denied", report.path("denied"), out);
    totals("audited", report.path("audited"), out);
    board("BY CONTAINER", report.path("byContainer"), out);
    board("BY POLICY", report.path("byPolicy"), out);
    latest(report.path("latest"), out);
    images(report.path("images"), out);
    if (!report.path("troubles").isEmpty()) {
      out.printf("%nTROUBLES%n");
      report
          .path("troubles")
          .forEach(
              each ->
                  out.printf(
                      "%s %s: %s%n",
                      text(each, "at"), text(each, "policy"), text(each, "problem")));
    }
  }

  private static void board(String title, JsonNode board, PrintWriter out) {
    if (board.path("entries").isEmpty()) {
      return;
    }
    out.printf("%n%s%n", title);
    board.path("entries").forEach(each -> totals(text(each, "name"), each.path("totals"), out));
    if (board.path("folded").asLong() > 0) {
      totals("(others)", board.path("others"), out);
    }
  }

  private static void totals(String name, JsonNode totals, PrintWriter out) {
    Object[] row = new Object[SEVERITIES.size() + 1];
    row[0] = name;
    for (int i = 0; i < SEVERITIES.size(); i++) {
      row[i + 1] = totals.path(SEVERITIES.get(i)).asLong();
    }
    out.printf(TOTALS, row);
  }

  private static void latest(JsonNode latest, PrintWriter out) {
    if (latest.isEmpty()) {
      return;
    }
    out.printf("%n" + LATEST, "LATEST", "SEVERITY", "EFFECT", "ACTION", "RESOURCE", "REASON");
    for (JsonNode each : latest) {
      out.printf(
          LATEST,
          text(each, "at"),
          text(each, "severity"),
          text(each, "effect"),
          text(each, "action"),
          text(each, "resource"),
          text(each, "reason"));
    }
  }

  private static void images(JsonNode images, PrintWriter out) {
    if (images.isEmpty()) {
      return;
    }
    out.printf("%n" + IMAGES, "SCANNED", "IMAGE", "NEW CRITICAL", "NEW HIGH", "FIXED");
    for (JsonNode each : images) {
      out.printf(
          IMAGES,
          text(each, "scannedAt"),
          text(each, "image"),
          text(each, "newCritical"),
          text(each, "newHigh"),
          text(each, "fixed"));
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() || value.isMissingNode() ? "-" : Terminal.plain(value.asText());
  }
}
