package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.demo.Scenario;
import io.tocsin.demo.Shop;
import io.tocsin.demo.Step;
import io.tocsin.demo.Timeline;
import io.tocsin.embedded.DirectoryTree;
import io.tocsin.embedded.Ports;
import io.tocsin.pipeline.ResidentMemory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole pipeline at work: a real service is killed, and comes back. */
@Command(
    name = "demo",
    description =
        "Kills a service beside the running pipeline, and prints what happens, with times.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:every step was seen", "5:a step was not seen", "10-15:as of tocsin up"},
    footer = {"", "Examples:", "  tocsin demo", "  tocsin demo --json"})
final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keep the data here. Default: a temporary directory, removed on success.")
  private Path dataDirectory;

  @Option(names = "--keep", description = "Keep running afterwards, until Ctrl-C.")
  private boolean keep;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws Exception {
    PrintWriter terminal = spec.commandLine().getOut();
    PrintWriter out = json.wanted() ? new PrintWriter(Writer.nullWriter()) : terminal;
    Path data = dataDirectory == null ? temporaryDirectory() : dataDirectory;
    Path home = Path.of(System.getProperty("tocsin.home", ".")).toAbsolutePath();
    Timeline timeline;
    try (Shop shop = new Shop(home, data.toAbsolutePath().resolve("shop"))) {
      timeline = play(shop, data, out, terminal);
    } catch (IOException broken) {
      throw new CommandFailure(
          CommandFailure.DEMO_FAILED, "the demonstration: " + broken.getMessage(), broken);
    }
    Optional<Step> missing = timeline.missing();
    if (missing.isPresent()) {
      throw new CommandFailure(
          CommandFailure.DEMO_FAILED,
          "not seen: " + missing.get().words() + "; logs are in " + data.resolve("logs"));
    }
    if (dataDirectory == null) {
      DirectoryTree.delete(data);
    }
    return 0;
  }

  private Timeline play(Shop shop, Path data, PrintWriter out, PrintWriter terminal)
      throws Exception {
    Scenario scenario = new Scenario(shop, clock);
    Config config = scenario.config(data, ports());
    shop.start();
    try (Run run = Run.start(config, out)) {
      run.printReady();
      long readyMs = run.age().toMillis();
      out.printf("  page http://127.0.0.1:%d/%n%n", config.ports().api());
      out.println("killing a CORE service that is probed every second ...");
      out.flush();
      Timeline timeline = scenario.play(run.pipeline());
      print(timeline, out);
      if (json.wanted()) {
        terminal.println(Json.text(figures(timeline, readyMs, ResidentMemory.bytes())));
        terminal.flush();
      }
      if (keep && timeline.missing().isEmpty()) {
        run.exitCodeWhenStopped(0);
        out.println("still running; Ctrl-C stops everything.");
        out.flush();
        throw run.progress().died().get();
      }
      return timeline;
    }
  }

  /** The usual ports, or any free ones beside a pipeline that has taken them. */
  private static Config.Ports ports() {
    Config.Ports usual = new Config.Ports(null, null, null, null, null, null);
    return Ports.anyTaken(usual.all().values()) ? free() : usual;
  }

  private static Config.Ports free() {
    Ports free = Ports.free();
    return new Config.Ports(
        free.kafka(),
        free.kafkaController(),
        free.registry(),
        free.questDbHttp(),
        free.questDbPg(),
        free.api());
  }

  private static void print(Timeline timeline, PrintWriter out) {
    out.printf("%n  %9s  %9s%n", "since kill", "step");
    long before = 0;
    for (Timeline.Entry entry : timeline.entries()) {
      out.printf(
          "  %7d ms  %+6d ms  %-27s %s%n",
          entry.afterKillMs(),
          entry.afterKillMs() - before,
          entry.step().words(),
          Terminal.plain(entry.detail()));
      before = entry.afterKillMs();
    }
    out.flush();
  }

  private static Map<String, Object> figures(Timeline timeline, long readyMs, long memory) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("success", timeline.missing().isEmpty());
    figures.put("readyMs", readyMs);
    figures.put("residentBytes", memory);
    figures.put("probeIntervalMs", Scenario.PROBE_INTERVAL.toMillis());
    figures.put("steps", timeline.entries());
    return figures;
  }

  /**
   * Not by {@code Files.createTempDirectory}: that would fix for the whole process where temporary
   * files go, before the run has said it.
   */
  private static Path temporaryDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir"), "tocsin-demo-" + UUID.randomUUID());
  }
}
