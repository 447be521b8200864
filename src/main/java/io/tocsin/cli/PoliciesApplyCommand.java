package io.tocsin.cli;

import io.tocsin.config.ConfigException;
import io.tocsin.config.PolicyChanges;
import io.tocsin.config.PolicyLoader;
import io.tocsin.schemas.Policy;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.access.Change;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** Writes a file of policies to the topic of the running cluster. */
@Command(
    name = "apply",
    description = {
      "Checks a file of policies and makes them hold from the next event on.",
      "Policies that the file does not have stay, unless --prune is given."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the policies are written", "3:the file cannot be used", "4:no answer"},
    footer = {
      "",
      "Examples:",
      "  tocsin policies apply deploy/policies/default.yaml",
      "  tocsin policies apply --prune --config my.yaml policies.yaml"
    })
final class PoliciesApplyCommand implements Callable<Integer> {

  private static final String NAME = "policies-apply";
  private static final Duration POLL = Duration.ofMillis(200);

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(names = "--prune", description = "Remove policies that the file does not have.")
  private boolean prune;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who you are (default: ${DEFAULT-VALUE}).")
  private String by;

  private final Clock clock = Clock.systemUTC();

  @Parameters(paramLabel = "FILE", description = "YAML file.")
  private Path file;

  @Override
  public Integer call() throws CommandFailure {
    List<Policy> wanted;
    try {
      wanted = new PolicyLoader().load(file);
    } catch (ConfigException bad) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, bad.getMessage(), bad);
    }
    Cluster cluster = ClusterAddress.of(config.load());
    ClusterAddress.reach(cluster);
    try {
      PolicyChanges changes = PolicyChanges.between(policiesOf(cluster), wanted, prune);
      write(cluster, changes);
      tell(changes, spec.commandLine().getOut());
      return 0;
    } catch (KafkaException | CompletionException refused) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING,
          "the policies could not all be written to "
              + cluster.bootstrapServers()
              + ": "
              + refused.getMessage()
              + "; apply the file again, what is written already stays as it is",
          refused);
    }
  }

  private static Map<String, Policy> policiesOf(Cluster cluster) {
    Map<String, Policy> policies = new HashMap<>();
    try (TopicReader reader =
        TopicReader.fromBeginning(cluster, NAME, Clock.systemUTC(), Set.of(Topics.POLICIES))) {
      do {
        for (Received<?> received : reader.poll(POLL)) {
          received
              .as(Topics.POLICIES)
              .ifPresentOrElse(
                  policy -> policies.put(received.key(), policy),
                  () -> policies.remove(received.key()));
        }
      } while (reader.lag() > 0);
    }
    return policies;
  }

  private void write(Cluster cluster, PolicyChanges changes) {
    List<CompletableFuture<?>> sent = new ArrayList<>();
    try (TopicWriter writer = TopicWriter.patient(cluster, NAME)) {
      for (Policy policy : changes.written()) {
        String what = "policy " + policy.getId() + " applied, version " + policy.getVersion();
        sent.add(writer.send(Topics.COMMANDS, Change.of(by, what, clock.instant())));
        sent.add(writer.send(Topics.POLICIES, policy));
      }
      for (String id : changes.removed()) {
        String what = "policy " + id + " removed";
        sent.add(writer.send(Topics.COMMANDS, Change.of(by, what, clock.instant())));
        sent.add(writer.remove(Topics.POLICIES, id));
      }
      sent.forEach(CompletableFuture::join);
    }
  }

  private static void tell(PolicyChanges changes, PrintWriter out) {
    changes
        .written()
        .forEach(each -> out.printf("%s: version %d written%n", each.getId(), each.getVersion()));
    changes.unchanged().forEach(id -> out.printf("%s: unchanged%n", id));
    changes.removed().forEach(id -> out.printf("%s: removed%n", Terminal.plain(id)));
    changes
        .kept()
        .forEach(
            id ->
                out.printf("%s: not in the file, stays; --prune removes it%n", Terminal.plain(id)));
  }
}
