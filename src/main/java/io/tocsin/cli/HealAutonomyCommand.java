package io.tocsin.cli;

import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.fleet.Fleet;
import io.tocsin.alerting.healing.trust.Trust;
import io.tocsin.config.Config;
import io.tocsin.pipeline.PastIncidents;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.exchange.TopicHistory;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How often actions have helped, and which of them have to ask again. */
@Command(
    name = "autonomy",
    description = {
      "How often each action has helped, by rule and class of target, and whether it may still run by",
      "itself. --config has to be the responder's: environments and the limit come from there."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:told", "3:the configuration cannot be used", "4:no answer"},
    footer = {"", "Example:", "  tocsin heal autonomy --config my.yaml"})
final class HealAutonomyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;
  @Mixin private JsonOption json;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    Config config = options.load();
    Cluster cluster = ClusterAddress.of(config);
    ClusterAddress.reach(cluster);
    try {
      List<Trust.Standing> table = trust(config.healing(), cluster).table();
      if (json.wanted()) {
        out.println(Json.text(table));
      } else {
        print(table, out);
      }
      return 0;
    } catch (KafkaException away) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING,
          "the topics at " + cluster.bootstrapServers() + " cannot be read: " + away.getMessage(),
          away);
    }
  }

  private static Trust trust(HealingConfig healing, Cluster cluster) {
    Fleet fleet = new Fleet(healing);
    Trust trust = new Trust(healing.autonomy().below(), fleet::targetClass);
    try (TopicHistory history =
        new TopicHistory(cluster, Set.of(Topics.RESOURCES, Topics.HEAL_RESULTS, Topics.COMMANDS))) {
      history.read(
          null,
          PastIncidents.FAR,
          received -> {
            if (received.topic().name().equals(Topics.RESOURCES.name())) {
              fleet.put(received.key(), received.as(Topics.RESOURCES).orElse(null));
            }
            received.as(Topics.HEAL_RESULTS).ifPresent(trust::add);
            received
                .as(Topics.COMMANDS)
                .filter(command -> command.getKind() == CommandKind.HEAL_PROMOTE)
                .filter(command -> command.getAutonomy() != null)
                .ifPresent(command -> trust.promote(command.getAutonomy(), command.getAt()));
          });
    }
    return trust;
  }

  private static void print(List<Trust.Standing> table, PrintWriter out) {
    if (table.isEmpty()) {
      out.println("nothing was tried yet");
      return;
    }
    out.printf("%-48s %5s %7s %-8s %s%n", "KEY", "TRIES", "HELPED", "AT BEST", "RUNS");
    for (Trust.Standing standing : table) {
      out.printf(
          "%-48s %5d %7d %6.0f %%  %s%s%n",
          Terminal.plain(standing.key()),
          standing.tries(),
          standing.helped(),
          100 * standing.upper(),
          standing.isTrusted() ? "by itself" : "after approval",
          standing.promotedAt() == null ? "" : ", promoted " + standing.promotedAt());
    }
  }
}
