package io.tocsin.cli;

import io.tocsin.bench.BenchFailure;
import io.tocsin.bench.alerts.AlertsBench;
import io.tocsin.bench.alerts.AlertsPlan;
import io.tocsin.bench.alerts.AlertsRow;
import io.tocsin.bench.alerts.AlertsTable;
import io.tocsin.embedded.DirectoryTree;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how long it takes on this machine from a bad sample to a page. */
@Command(
    name = "alerts",
    description = "Breaks things in a made-up fleet, and says how soon somebody is paged.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured, and each breach is a page and nothing else is",
      "6:a part did not come up or stopped, or a page is missing or one too many",
      "15:the registry did not start"
    },
    footer = {
      "",
      "Prometheus and its Alertmanager are measured, too, where prometheus and",
      "prometheus-alertmanager are installed.",
      "",
      "Examples:",
      "  tocsin bench alerts                                 10,000 resources, 100 rules",
      "  tocsin bench alerts --only tocsin --rules 10,10000  what rules cost"
    })
final class BenchAlertsCommand implements Callable<Integer> {

  private static final int MOST_RESOURCES = 1_000_000;

  /** As many as a file of rules may hold. */
  private static final int MOST_RULES = 10_000;

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Option(
      names = "--resources",
      paramLabel = "NUMBER",
      defaultValue = "10000",
      description = "Machines, each of which reports each second. Default: ${DEFAULT-VALUE}.")
  private int resources;

  @Option(
      names = "--rules",
      split = ",",
      paramLabel = "NUMBER",
      defaultValue = "100",
      description = "Numbers of rules, a trial each. Default: ${DEFAULT-VALUE}.")
  private List<Integer> rules;

  @Option(
      names = "--seconds",
      paramLabel = "NUMBER",
      defaultValue = "60",
      description = "How long what breaks counts. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "NUMBER",
      defaultValue = "30",
      description = "Seconds of the same before that. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(names = "--seed", paramLabel = "NUMBER", description = "Of the fleet. Default: random.")
  private Long seed;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "ENGINE",
      description = "Of ${COMPLETION-CANDIDATES}. Default: all.")
  private List<AlertsPlan.Engine> only;

  @Option(
      names = "--threads",
      paramLabel = "NUMBER",
      defaultValue = "2",
      description = "Stream threads. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--profiles",
      paramLabel = "DIR",
      description = "Write flight recordings of alerting and streams into it.")
  private Path profiles;

  @Option(
      names = "--streams-jvm",
      paramLabel = "FLAGS",
      defaultValue = "-Xms2g -Xmx2g -XX:+UseG1GC -XX:MaxGCPauseMillis=50",
      description = "Of the streams' Java machine. Default: ${DEFAULT-VALUE}.")
  private String streamsJvm;

  @Option(
      names = "--alerting-jvm",
      paramLabel = "FLAGS",
      defaultValue = "-Xms1g -Xmx1g -XX:+UseG1GC -XX:MaxGCPauseMillis=20",
      description = "Of alerting's Java machine. Default: ${DEFAULT-VALUE}.")
  private String alertingJvm;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keep data and logs here. Default: a temporary directory, removed on success.")
  private Path dataDirectory;

  @Override
  public Integer call() throws Exception {
    check();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path data =
        dataDirectory == null
            ? Path.of(System.getProperty("java.io.tmpdir"), "tocsin-bench-" + UUID.randomUUID())
            : dataDirectory.toAbsolutePath();
    Logging.toFiles(data.resolve("logs"));
    AlertsPlan plan = plan(data);
    err.printf("bench alerts: seed %d, data and logs in %s%n", plan.seed(), data);
    err.flush();
    List<AlertsRow> rows = run(plan, err);
    if (json.wanted()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("seed", plan.seed());
      result.put("processors", Runtime.getRuntime().availableProcessors());
      result.put("threads", plan.threads());
      result.put("rows", rows);
      out.println(Json.text(result));
    } else {
      out.print(AlertsTable.of(rows));
    }
    out.flush();
    if (!rows.stream().filter(row -> row.engine().equals("tocsin")).allMatch(AlertsRow::isRight)) {
      throw new CommandFailure(
          CommandFailure.BENCH_FAILED,
          "a page is missing or one too many; topics and logs are in " + data);
    }
    if (dataDirectory == null) {
      DirectoryTree.delete(data);
    }
    return 0;
  }

  private void check() {
    boolean isUsable =
        resources >= 100
            && resources <= MOST_RESOURCES
            && rules.stream().allMatch(number -> number >= 2 && number <= MOST_RULES)
            && seconds > 2
            && warmUp >= 0
            && threads > 0;
    if (!isUsable) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              "--resources has to be 100 to %d, --rules 2 to %d, --seconds above 2, --threads above"
                  + " 0",
              MOST_RESOURCES, MOST_RULES));
    }
  }

  private List<AlertsRow> run(AlertsPlan plan, PrintWriter err) throws Exception {
    try {
      return new AlertsBench(
              plan,
              Clock.systemUTC(),
              what -> {
                err.println("  " + what);
                err.flush();
              })
          .run();
    } catch (BenchFailure failed) {
      throw new CommandFailure(CommandFailure.BENCH_FAILED, failed.getMessage(), failed);
    }
  }

  private AlertsPlan plan(Path data) {
    Path home = Path.of(System.getProperty("tocsin.home", ".")).toAbsolutePath();
    return new AlertsPlan(
        resources,
        rules,
        Duration.ofSeconds(warmUp),
        Duration.ofSeconds(seconds),
        seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed,
        only == null ? EnumSet.allOf(AlertsPlan.Engine.class) : EnumSet.copyOf(only),
        threads,
        data,
        home.resolve("src/target/registry"),
        profiles,
        flags(streamsJvm),
        flags(alertingJvm));
  }

  private static List<String> flags(String words) {
    return Arrays.stream(words.split(" +")).filter(flag -> !flag.isEmpty()).toList();
  }
}
