package io.tocsin.cli;

import io.tocsin.bench.Bench;
import io.tocsin.bench.BenchFailure;
import io.tocsin.bench.BenchPlan;
import io.tocsin.bench.Engine;
import io.tocsin.bench.ResultTable;
import io.tocsin.bench.Row;
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

/** Measures what a sample costs on this machine. */
@Command(
    name = "bench",
    description = "Sends a made-up fleet through the topologies, and says what that costs here.",
    mixinStandardHelpOptions = true,
    subcommands = BenchAlertsCommand.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured, and each sample is in exactly one final window",
      "6:a part did not come up or stopped, or a window is wrong",
      "15:the registry did not start"
    },
    footer = {
      "",
      "Examples:",
      "  tocsin bench                                      all there is, 1,000 to 100,000 resources",
      "  tocsin bench --only raw,streams --resources 1000  a copy between topics, and our topologies",
      "  tocsin bench --only streams --profile s.jfr       and where the time goes",
      "  tocsin bench --json --seed 7                      for scripts; the same fleet each time",
      "  tocsin bench alerts                               from a bad sample to a page"
    })
final class BenchCommand implements Callable<Integer> {

  /** As many machines have names of six digits. */
  private static final int MOST_RESOURCES = 1_000_000;

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Option(
      names = "--resources",
      split = ",",
      paramLabel = "NUMBER",
      defaultValue = "1000,10000,100000",
      description = "Sizes of the fleet. Default: ${DEFAULT-VALUE}.")
  private List<Integer> resources;

  @Option(
      names = "--seconds",
      paramLabel = "NUMBER",
      defaultValue = "20",
      description = "How long each phase is to last. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(names = "--seed", paramLabel = "NUMBER", description = "Of the fleet. Default: random.")
  private Long seed;

  @Option(
      names = "--rate",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description = "Samples per second of the paced phase. Default: half of what was reached.")
  private int rate;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "ENGINE",
      description = "Of ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Engine> only;

  @Option(
      names = "--threads",
      paramLabel = "NUMBER",
      defaultValue = "2",
      description = "Stream threads. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Write a flight recording of the streams, and say where their time goes.")
  private Path profile;

  @Option(
      names = "--streams-jvm",
      paramLabel = "FLAGS",
      defaultValue = "-Xms2g -Xmx2g -XX:+UseG1GC -XX:MaxGCPauseMillis=100",
      description = "Of the streams' Java machine. Default: ${DEFAULT-VALUE}.")
  private String streamsJvm;

  @Option(
      names = "--instances",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Of the streams, sharing the work. Default: ${DEFAULT-VALUE}.")
  private int instances;

  @Option(
      names = "--core-limit",
      paramLabel = "CORES",
      defaultValue = "0",
      description = "Cores of each of them, by a cgroup; needs root. Default: all there are.")
  private double coreLimit;

  @Option(
      names = "--prometheus-resources",
      paramLabel = "NUMBER",
      defaultValue = "10000",
      description =
          "No larger fleet for Prometheus: each resource is 25 series. Default: ${DEFAULT-VALUE}.")
  private int prometheusResources;

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
    Path data = dataDirectory == null ? temporaryDirectory() : dataDirectory.toAbsolutePath();
    Logging.toFiles(data.resolve("logs"));
    BenchPlan plan = plan(data);
    err.printf("bench: seed %d, data and logs in %s%n", plan.seed(), data);
    err.flush();
    List<Row> rows = run(plan, err);
    if (json.wanted()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("seed", plan.seed());
      result.put("processors", Runtime.getRuntime().availableProcessors());
      result.put("threads", plan.threads());
      result.put("rows", rows);
      out.println(Json.text(result));
    } else {
      out.print(ResultTable.of(rows));
    }
    out.flush();
    if (rows.stream().anyMatch(row -> row.check() != null && !row.check().isRight())) {
      throw new CommandFailure(
          CommandFailure.BENCH_FAILED,
          "not each sample is in exactly one final window; topics and logs are in " + data);
    }
    if (dataDirectory == null) {
      DirectoryTree.delete(data);
    }
    return 0;
  }

  private void check() {
    boolean isUsable =
        resources.stream().allMatch(size -> size > 0 && size <= MOST_RESOURCES)
            && seconds > 0
            && threads > 0
            && rate >= 0
            && prometheusResources > 0
            && instances > 0
            && instances <= 64
            && coreLimit >= 0;
    if (!isUsable) {
      throw new ParameterException(
          spec.commandLine(),
          "--resources has to be 1 to "
              + MOST_RESOURCES
              + ", --instances 1 to 64, and no other number"
              + " below 1");
    }
  }

  private List<Row> run(BenchPlan plan, PrintWriter err) throws Exception {
    try {
      return new Bench(
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

  private BenchPlan plan(Path data) {
    Path home = Path.of(System.getProperty("tocsin.home", ".")).toAbsolutePath();
    return new BenchPlan(
        resources,
        Duration.ofSeconds(seconds),
        seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed,
        rate,
        only == null ? EnumSet.allOf(Engine.class) : EnumSet.copyOf(only),
        threads,
        data,
        home.resolve("src/target/registry"),
        profile,
        Arrays.stream(streamsJvm.split(" +")).filter(flag -> !flag.isEmpty()).toList(),
        instances,
        coreLimit,
        prometheusResources);
  }

  private static Path temporaryDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir"), "tocsin-bench-" + UUID.randomUUID());
  }
}
