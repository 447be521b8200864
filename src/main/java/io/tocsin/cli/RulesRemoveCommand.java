package io.tocsin.cli;

import io.tocsin.pipeline.RulePublication;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.access.Change;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes rules out of the running pipeline. */
@Command(
    name = "remove",
    description = {
      "Takes rules out of the running pipeline; what fires under them ends.",
      "One that comes from the configuration is back at the next start, unless it is removed there."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:they are out", "3:there is no such rule", "4:no answer"},
    footer = {"", "Example:", "  tocsin rules remove cpu-saturated"})
final class RulesRemoveCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who you are (default: ${DEFAULT-VALUE}).")
  private String by;

  private final Clock clock = Clock.systemUTC();

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "Names of rules.")
  private List<String> names;

  @Override
  public Integer call() throws CommandFailure {
    Cluster cluster = ClusterAddress.of(config.load());
    ClusterAddress.reach(cluster);
    try {
      Set<String> there = new RulePublication(cluster, clock).read().keySet();
      for (String name : names) {
        if (!there.contains(name)) {
          throw new CommandFailure(
              CommandFailure.BAD_CONFIGURATION,
              "there is no rule " + Terminal.plain(name) + "; tocsin rules list tells them");
        }
      }
      try (TopicWriter writer = TopicWriter.patient(cluster, "rules-remove")) {
        for (String name : names) {
          String what = "rule " + name + " removed";
          writer.send(Topics.COMMANDS, Change.of(by, what, clock.instant())).join();
          writer.remove(Topics.RULES, name).join();
        }
      }
    } catch (KafkaException | CompletionException refused) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING,
          "nothing could be written to " + cluster.bootstrapServers() + ": " + refused.getMessage(),
          refused);
    }
    names.forEach(name -> spec.commandLine().getOut().println(Terminal.plain(name) + ": removed"));
    return 0;
  }
}
