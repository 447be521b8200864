package io.tocsin.cli;

import io.tocsin.schemas.AuditEntry;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists entries of the audit. */
@Command(
    name = "list",
    description = "Entries of the audit, oldest first.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:listed", "4:no answer"},
    footer = {
      "",
      "Examples:",
      "  tocsin audit list --since 2h",
      "  tocsin audit list --target container/web-1 --json"
    })
final class AuditListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private AuditTopic audit;
  @Mixin private JsonOption json;

  @Option(names = "--incident", paramLabel = "ID", description = "Of this incident only.")
  private String incident;

  @Option(names = "--target", paramLabel = "ID", description = "Of this resource only.")
  private String target;

  @Option(names = "--plan", paramLabel = "ID", description = "Of this plan only.")
  private String plan;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = SpanConverter.class,
      description = "Not older than this, such as 2h or 7d.")
  private Duration since;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    List<AuditEntry> entries = new ArrayList<>();
    audit.read(
        since == null ? null : clock.instant().minus(since),
        entry -> {
          if (isWanted(entry)) {
            entries.add(entry);
          }
        });
    if (json.wanted()) {
      out.println(Json.text(entries.stream().map(AuditTopic::json).toList()));
    } else if (entries.isEmpty()) {
      out.println("no entry");
    } else {
      entries.forEach(entry -> print(entry, out));
    }
    return 0;
  }

  private boolean isWanted(AuditEntry entry) {
    return (incident == null || incident.equals(entry.getIncidentId()))
        && (target == null || target.equals(entry.getTargetId()))
        && (plan == null || plan.equals(entry.getPlanId()));
  }

  private static void print(AuditEntry entry, PrintWriter out) {
    out.printf(
        "%6d %-24s %-11s %-16s %-18s %-28s %s%n",
        entry.getSequence(),
        entry.getAt(),
        entry.getKind(),
        plain(entry.getActor()),
        plain(entry.getAction()),
        plain(entry.getTargetId()),
        plain(entry.getOutcome() + ": " + entry.getReason()));
    if (!entry.getBefore().isEmpty() || !entry.getAfter().isEmpty()) {
      out.printf(
          "       before: %s; after: %s%n", plain(entry.getBefore()), plain(entry.getAfter()));
    }
  }

  private static String plain(String text) {
    return text.isEmpty() ? "-" : Terminal.plain(text);
  }
}
