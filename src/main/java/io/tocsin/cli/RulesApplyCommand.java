package io.tocsin.cli;

import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.RuleReading;
import io.tocsin.pipeline.RulePublication;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.access.Change;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes rules hold while the pipeline runs. */
@Command(
    name = "apply",
    description = {
      "Checks files of rules and makes them hold within seconds, without a restart. What is pending",
      "or firing under a rule goes on under its new text. Rules of a name that the files do not have",
      "stay; tocsin rules remove takes one out."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the rules are written",
      "3:a rule cannot be used; nothing is written",
      "4:no answer"
    },
    footer = {
      "",
      "Examples:",
      "  tocsin rules apply my-rules.yaml",
      "  tocsin rules apply --config my.yaml deploy/rules"
    })
final class RulesApplyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who you are (default: ${DEFAULT-VALUE}).")
  private String by;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "YAML files, or directories.")
  private List<Path> files;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    Cluster cluster = ClusterAddress.of(config.load());
    ClusterAddress.reach(cluster);
    try {
      Map<String, RuleText> there = new RulePublication(cluster, clock).read();
      RuleReading reading = RuleFiles.read(files, there.keySet());
      if (!reading.isGood()) {
        throw new CommandFailure(
            CommandFailure.BAD_CONFIGURATION, RuleFiles.lines(reading.problems()));
      }
      write(cluster, reading, there, out);
      return 0;
    } catch (KafkaException | CompletionException refused) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING,
          "the rules could not all be written to "
              + cluster.bootstrapServers()
              + ": "
              + refused.getMessage()
              + "; apply them again, what is written already stays as it is",
          refused);
    }
  }

  private void write(
      Cluster cluster, RuleReading reading, Map<String, RuleText> there, PrintWriter out) {
    List<CompletableFuture<?>> sent = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    try (TopicWriter writer = TopicWriter.patient(cluster, "rules-apply")) {
      for (LoadedRule rule : reading.rules()) {
        RuleText text = rule.asText(by, clock.instant());
        RuleText before = there.get(text.getName());
        boolean same = before != null && before.getVersion().equals(text.getVersion());
        if (!same) {
          String what = "rule " + text.getName() + " applied, version " + text.getVersion();
          sent.add(writer.send(Topics.COMMANDS, Change.of(by, what, clock.instant())));
          sent.add(writer.send(Topics.RULES, text));
        }
        lines.add(
            text.getName()
                + ": "
                + (same ? "unchanged" : before == null ? "new" : "changed")
                + ", version "
                + text.getVersion());
      }
      sent.forEach(CompletableFuture::join);
    }
    lines.forEach(line -> out.println(Terminal.plain(line)));
  }
}
