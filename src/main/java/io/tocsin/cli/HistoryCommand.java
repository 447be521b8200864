package io.tocsin.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.config.Config;
import io.tocsin.history.Figures;
import io.tocsin.history.HistoryAsk;
import io.tocsin.history.HistoryException;
import io.tocsin.history.HistoryJson;
import io.tocsin.history.HistoryQuery;
import io.tocsin.history.HistoryStore;
import io.tocsin.history.QueryProblems;
import io.tocsin.pipeline.HistoryPlaces;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Figures of the past, as a chart with a table, as CSV, as JSON or as a Parquet file. */
@Command(
    name = "history",
    description = {
      "Figures of the past, from the store of tocsin up on this machine or from history: of",
      "--config. Rows are written as they come, however many they are."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it answered",
      "2:the question cannot be answered",
      "3:the configuration cannot be used, or there is no history",
      "4:the store does not answer, or the answer is too long",
      "8:the Parquet file is there already, or cannot be written"
    },
    footer = {
      "",
      "Examples:",
      "  tocsin history --figures",
      "  tocsin history --resource host/web-1 --figure cpu_percent,memory_percent --last 24h",
      "  tocsin history --service shop --figure latency_ms --aggregate p95 --step 5m --csv",
      "  tocsin history --kind vm --together --figure cpu_percent --last 30d --step 1h --json",
      "  tocsin history --all --figure cpu_percent --last 7d --step 10s --parquet cpu.parquet"
    })
final class HistoryCommand implements Callable<Integer> {

  private static final int ROWS_OF_A_SERIES = 60;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;
  @Mixin private JsonOption json;

  @Option(names = "--resource", paramLabel = "ID", description = "This resource, or roll-up.")
  private String resource;

  @Option(names = "--service", paramLabel = "NAME", description = "Each resource of a service.")
  private String service;

  @Option(names = "--kind", paramLabel = "KIND", description = "Each resource of a kind.")
  private String kind;

  @Option(names = "--all", description = "Each resource.")
  private boolean all;

  @Option(names = "--together", description = "All of them as one series.")
  private boolean together;

  @Option(names = "--figure", paramLabel = "NAMES", description = "What, with commas between.")
  private String figure;

  @Option(names = "--figures", description = "List what may be asked for, and end.")
  private boolean catalogue;

  @Option(names = "--part", paramLabel = "NAME", description = "One series of a resource alone.")
  private String part;

  @Option(
      names = "--last",
      paramLabel = "SPAN",
      description = "Until now, such as 24h (usual: 1h).")
  private String last;

  @Option(names = "--from", paramLabel = "TIME", description = "Begin, as 2026-01-31T12:00:00Z.")
  private String from;

  @Option(names = "--to", paramLabel = "TIME", description = "End (usual: now).")
  private String to;

  @Option(
      names = "--step",
      paramLabel = "SPAN",
      description = "Length of a row; a multiple of 10s.")
  private String step;

  @Option(names = "--aggregate", paramLabel = "WORD", description = "mean, max, min or p95.")
  private String aggregate;

  @Option(names = "--limit", paramLabel = "ROWS", description = "More rows are an error.")
  private String limit;

  @Option(names = "--csv", description = "Print CSV.")
  private boolean csv;

  @Option(names = "--parquet", paramLabel = "FILE", description = "Write a new Parquet file.")
  private Path parquet;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    if (catalogue) {
      Figures.all()
          .forEach(
              each ->
                  out.printf(
                      "%-12s %-30s %-5s %s%n",
                      each.table().label(), each.name(), each.unit(), each.meaning()));
      return 0;
    }
    HistoryQuery query = query();
    if (parquet != null && Files.exists(parquet)) {
      throw new CommandFailure(
          CommandFailure.REFUSED, parquet + " is there already; name a new file");
    }
    Config config = options.load();
    try (HistoryStore store = HistoryPlaces.of(config).open()) {
      answer(store, query, out);
    } catch (HistoryException noAnswer) {
      throw new CommandFailure(CommandFailure.NOT_RUNNING, noAnswer.getMessage(), noAnswer);
    } catch (NotWritten file) {
      throw new CommandFailure(CommandFailure.REFUSED, file.getMessage(), file);
    } catch (IOException noPlace) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, noPlace.getMessage(), noPlace);
    }
    return 0;
  }

  private HistoryQuery query() throws CommandFailure {
    Map<String, String> said = new LinkedHashMap<>();
    put(said, "resource", resource);
    put(said, "service", service);
    put(said, "kind", kind);
    put(said, "all", all ? "true" : null);
    put(said, "together", together ? "true" : null);
    put(said, "figure", figure);
    put(said, "part", part);
    put(said, "last", last);
    put(said, "from", from);
    put(said, "to", to);
    put(said, "step", step);
    put(said, "aggregate", aggregate);
    put(said, "limit", limit);
    try {
      return new HistoryAsk(said).query(clock.instant(), ROWS_OF_A_SERIES, HistoryQuery.MOST_ROWS);
    } catch (QueryProblems bad) {
      throw new CommandFailure(2, bad.getMessage(), bad);
    }
  }

  /** The file, and not what it is made of. */
  private static final class NotWritten extends IOException {
    private static final long serialVersionUID = 1L;

    NotWritten(Path file, Exception cause) {
      super(file + " cannot be written: " + cause, cause);
    }
  }

  private static void put(Map<String, String> said, String key, String value) {
    if (value != null) {
      said.put(key, value);
    }
  }

  private void answer(HistoryStore store, HistoryQuery query, PrintWriter out)
      throws HistoryException, IOException {
    if (parquet != null) {
      try (HistoryParquet rows = new HistoryParquet(query, parquet)) {
        store.read(query, rows);
        out.printf("%,d rows in %s%n", rows.end(), parquet);
      } catch (IOException | UncheckedIOException full) {
        throw new NotWritten(parquet, full);
      }
    } else if (json.wanted()) {
      try (JsonGenerator generator = new JsonFactory().createGenerator(out)) {
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        HistoryJson.write(store, query, generator);
      }
      out.println();
    } else if (csv) {
      HistoryCsv rows = new HistoryCsv(query, out);
      store.read(query, rows);
    } else {
      HistoryTablePrinter table = new HistoryTablePrinter(query, out);
      store.read(query, table);
      table.end();
    }
    out.flush();
  }
}
