package io.tocsin.cli;

import io.tocsin.schemas.BottleneckKind;
import io.tocsin.streams.bottleneck.CatalogueException;
import io.tocsin.streams.bottleneck.TuningCatalogue;
import io.tocsin.streams.bottleneck.TuningCondition;
import io.tocsin.streams.bottleneck.TuningEntry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the tuning catalogue. Nothing in it is ever run. */
@Command(
    name = "tuning",
    description = "What to try against a bottleneck, best first. Prints only; runs nothing.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:printed", "3:the appended catalogue cannot be used"},
    footer = {
      "",
      "Examples:",
      "  tocsin tuning --kind memory",
      "  tocsin tuning --id cpu-steal-pin",
      "  tocsin tuning --catalogue ours.yaml --json"
    })
final class TuningCommand implements Callable<Integer> {

  /** What people choose from. */
  enum Kind {
    CPU,
    MEMORY,
    IO,
    NETWORK
  }

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Option(names = "--kind", paramLabel = "KIND", description = "Only ${COMPLETION-CANDIDATES}.")
  private Kind kind;

  @Option(names = "--id", paramLabel = "ID", description = "Only this one, in full.")
  private String id;

  @Option(
      names = "--catalogue",
      paramLabel = "FILE",
      description = "Append this file, as streams.bottlenecks.catalogue does.")
  private Path appended;

  @Override
  public Integer call() throws CommandFailure {
    List<TuningEntry> entries =
        catalogue().entries().stream()
            .filter(entry -> kind == null || entry.kind() == BottleneckKind.valueOf(kind.name()))
            .filter(entry -> id == null || entry.id().equals(id))
            .toList();
    if (id != null && entries.isEmpty()) {
      throw new CommandFailure(
          2, "there is no such entry: " + Terminal.plain(id) + "; tocsin tuning lists all");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      out.println(Json.text(entries.stream().map(TuningCommand::properties).toList()));
    } else if (id != null) {
      tell(entries.get(0), out);
    } else {
      list(entries, out);
    }
    return 0;
  }

  private TuningCatalogue catalogue() throws CommandFailure {
    TuningCatalogue builtIn = TuningCatalogue.builtIn();
    try {
      return appended == null ? builtIn : builtIn.with(appended);
    } catch (CatalogueException refused) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, Terminal.lines(refused.problems()), refused);
    }
  }

  private static void list(List<TuningEntry> entries, PrintWriter out) {
    String row = "%-8s %-24s %-18s %-56s %s%n";
    out.printf(row, "KIND", "ID", "FOR", "WHEN", "WHAT TO TRY");
    for (TuningEntry entry : entries) {
      out.printf(row, word(entry.kind()), entry.id(), kinds(entry), when(entry), entry.title());
    }
  }

  private static void tell(TuningEntry entry, PrintWriter out) {
    out.printf("%s%n", entry.title());
    out.printf("  against  shortage of %s%n", word(entry.kind()));
    out.printf("  for      %s%n", kinds(entry));
    out.printf("  when     %s%n", when(entry));
    if (!entry.command().isEmpty()) {
      out.printf("  command  %s%n", entry.command());
      new TreeMap<>(entry.placeholders())
          .forEach((name, meaning) -> out.printf("           <%s>: %s%n", name, meaning));
    }
    out.printf("  risk     %s%n", entry.risk());
    out.printf("  source   %s%n", entry.source());
  }

  private static Map<String, Object> properties(TuningEntry entry) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("id", entry.id());
    properties.put("kind", word(entry.kind()));
    properties.put("appliesTo", entry.appliesTo().stream().map(TuningCommand::word).toList());
    properties.put("when", entry.when().stream().map(TuningCondition::words).toList());
    properties.put("title", entry.title());
    properties.put("command", entry.command());
    properties.put("placeholders", new TreeMap<>(entry.placeholders()));
    properties.put("risk", entry.risk());
    properties.put("source", entry.source());
    return properties;
  }

  private static String kinds(TuningEntry entry) {
    return entry.appliesTo().stream().map(TuningCommand::word).collect(Collectors.joining(","));
  }

  private static String when(TuningEntry entry) {
    return entry.when().isEmpty()
        ? "always"
        : entry.when().stream().map(TuningCondition::words).collect(Collectors.joining(", "));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
