package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks for a silence, or shows what it would hide. */
@Command(
    name = "add",
    description = {
      "Asks for a silence: no pages for incidents that all matchers match.",
      "A matcher is FIELD=GLOB or FIELD!=GLOB; FIELD is rule, resource, service, kind, tier, layer,",
      "signal, priority or label.NAME; in a glob * stands for any text."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the silence is kept, or shown", "4:no answer", "8:the silence is refused"},
    footer = {
      "",
      "Examples:",
      "  tocsin silences add service=shop --for 2h --reason \"release 4.2\" --preview",
      "  tocsin silences add resource=host/db-* --for 90d --reason backup --maintenance \\",
      "    --from 2026-01-31T02:00:00Z --recurring \"FREQ=WEEKLY;BYDAY=SA\" --each 1h \\",
      "    --zone Europe/Berlin"
    })
final class SilencesAddCommand implements Callable<Integer> {

  private static final Pattern MATCHER = Pattern.compile("([A-Za-z][\\w.-]*)(!?=)(.+)");

  @Spec private CommandSpec spec;
  @Mixin private ApiOption api;
  @Mixin private JsonOption json;

  @Parameters(arity = "1..*", paramLabel = "MATCHER", description = "FIELD=GLOB or FIELD!=GLOB.")
  private List<String> matchers;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      required = true,
      converter = SpanConverter.class,
      description = "When it ends for good, from its start: 30m, 2h, 90d.")
  private Duration span;

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
  private String reason;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who you are (default: ${DEFAULT-VALUE}).")
  private String by;

  @Option(names = "--from", paramLabel = "TIME", description = "Start, as 2026-01-31T22:00:00Z.")
  private Instant from;

  @Option(
      names = "--recurring",
      paramLabel = "RRULE",
      description = "Days on which it comes again: a recurrence of RFC 5545, daily or rarer.")
  private String rule;

  @Option(
      names = "--each",
      paramLabel = "DURATION",
      converter = SpanConverter.class,
      description = "How long each occurrence is.")
  private Duration each;

  @Option(names = "--zone", paramLabel = "ZONE", defaultValue = "UTC", description = "Its zone.")
  private String zone;

  @Option(names = "--maintenance", description = "Planned work: deadlines stand still meanwhile.")
  private boolean maintenance;

  @Option(names = "--preview", description = "Only show what it would hide now.")
  private boolean preview;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    String path = preview ? "/api/v1/silences/preview" : "/api/v1/silences";
    JsonNode answer = api.send("POST", path, body());
    if (json.wanted()) {
      out.println(answer.toPrettyString());
    } else if (preview) {
      tell(answer, out);
    } else {
      out.println("silence " + Terminal.plain(answer.path("silence").asText()) + " is kept");
    }
    return 0;
  }

  private void tell(JsonNode answer, PrintWriter out) {
    answer
        .path("problems")
        .forEach(line -> out.println("would be refused: " + Terminal.plain(line.asText())));
    out.printf(
        "would hide %d of %d open incidents now, and %d of the newest %d alerts%n",
        answer.path("incidents").size(),
        answer.path("openIncidents").asInt(),
        answer.path("alerts").asInt(),
        answer.path("alertsSeen").asInt());
    for (JsonNode incident : answer.path("incidents")) {
      out.println("  " + Terminal.plain(incident.asText()));
    }
  }

  private Map<String, Object> body() throws CommandFailure {
    Instant start = from == null ? clock.instant() : from;
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("matchers", matchers.stream().map(this::matcher).toList());
    body.put("reason", reason);
    body.put("by", api.by(by));
    body.put("startsAt", start);
    body.put("endsAt", start.plus(span));
    body.put("maintenance", maintenance);
    if (rule != null) {
      if (each == null) {
        throw new ParameterException(
            spec.commandLine(), "--recurring needs --each: how long each occurrence is");
      }
      body.put(
          "recurrence", Map.of("rule", rule, "durationSeconds", each.toSeconds(), "zone", zone));
    }
    return body;
  }

  private Map<String, Object> matcher(String text) {
    java.util.regex.Matcher match = MATCHER.matcher(text);
    if (!match.matches()) {
      throw new ParameterException(
          spec.commandLine(), "\"" + Terminal.plain(text) + "\" is no matcher: FIELD=GLOB");
    }
    return Map.of(
        "field", match.group(1), "glob", match.group(3), "negated", match.group(2).equals("!="));
  }
}
