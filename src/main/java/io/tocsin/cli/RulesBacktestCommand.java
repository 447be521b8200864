package io.tocsin.cli;

import io.tocsin.alerting.replay.BacktestReport;
import io.tocsin.alerting.replay.Recording;
import io.tocsin.alerting.replay.TraceBacktest;
import io.tocsin.alerting.replay.trace.Label;
import io.tocsin.alerting.replay.trace.LabelReader;
import io.tocsin.alerting.replay.trace.LabelSource;
import io.tocsin.alerting.replay.trace.NameFrom;
import io.tocsin.alerting.replay.trace.Trace;
import io.tocsin.alerting.replay.trace.TraceException;
import io.tocsin.alerting.replay.trace.TraceMapping;
import io.tocsin.alerting.replay.trace.TraceReader;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.pipeline.TopicBacktest;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tries rules on what was. */
@Command(
    name = "backtest",
    description = {
      "Tries rules on what was, by the code that judges in earnest: on the topics of a cluster, as",
      "far back as they are retained, or on a trace in CSV files that a mapping describes.",
      "With labels it says what was found, what was missed, and how that compares with judges that",
      "know next to nothing. Nothing is written anywhere."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it ran", "3:rules, mapping or trace cannot be used", "4:no answer"},
    footer = {
      "",
      "Examples:",
      "  tocsin rules backtest --from 2026-01-01T00:00:00Z --rules my-rules.yaml",
      "  tocsin rules backtest --trace traces/nab --mapping deploy/traces/nab.yaml"
    })
final class RulesBacktestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private JsonOption json;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "The rules to try. Default: those that come with Tocsin.")
  private List<Path> rules;

  @Option(names = "--from", paramLabel = "TIME", description = "Begin of the time to look at.")
  private Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "Its end. Default: now.")
  private Instant to;

  @Option(names = "--trace", paramLabel = "DIR", description = "A trace in place of the topics.")
  private Path trace;

  @Option(names = "--mapping", paramLabel = "FILE", description = "How to read the trace.")
  private Path mapping;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "CSV with resource, from, to, kind.")
  private Path labels;

  @Option(
      names = "--probation",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of each resource's rows that is for learning alone, 0 to 1.")
  private double probation;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    if ((trace == null) != (mapping == null) || (trace == null) == (from == null)) {
      throw new ParameterException(
          spec.commandLine(), "give either --from, or --trace with --mapping");
    }
    List<Rule> good = RuleFiles.good(rules);
    RuleSet set = RuleSet.of(good);
    BacktestReport report = trace == null ? topics(set) : trace(set);
    if (json.wanted()) {
      out.println(Json.text(report));
    } else {
      BacktestPrinting.tell(report, out);
    }
    return 0;
  }

  private BacktestReport topics(RuleSet set) throws CommandFailure {
    Instant end = to == null ? clock.instant() : to;
    Cluster cluster = ClusterAddress.of(config.load());
    ClusterAddress.reach(cluster);
    try {
      return new TopicBacktest(cluster, Recording.MOST).run(set, from, end);
    } catch (KafkaException away) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING,
          "the topics at " + cluster.bootstrapServers() + " cannot be read: " + away.getMessage(),
          away);
    }
  }

  private static LabelSource plain(Path file) {
    String name = file.getFileName().toString();
    return new LabelSource(name, new NameFrom("resource", null), "from", "to", "kind");
  }

  private BacktestReport trace(RuleSet set) throws CommandFailure {
    try {
      TraceMapping read = TraceMapping.read(mapping);
      Trace rows = TraceReader.read(read, trace);
      List<Label> known = List.of();
      if (labels != null) {
        known = LabelReader.read(plain(labels), labels.toAbsolutePath().getParent());
      } else if (read.labels() != null) {
        known = LabelReader.read(read.labels(), trace);
      }
      return BacktestReport.ofTrace(rows, new TraceBacktest(set).run(rows, known, probation));
    } catch (TraceException bad) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, bad.getMessage(), bad);
    } catch (IOException unreadable) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, "the trace cannot be read: " + unreadable, unreadable);
    }
  }
}
