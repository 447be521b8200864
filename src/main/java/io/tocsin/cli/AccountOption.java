package io.tocsin.cli;

import io.tocsin.schemas.topic.Cluster;
import io.tocsin.security.Accounts;
import io.tocsin.security.Actor;
import io.tocsin.security.Principals;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose account it is, and where. */
final class AccountOption {

  @Mixin private ConfigOption options;

  @ArgGroup(multiplicity = "1")
  private Whose whose;

  /** A stage or an agent. */
  private static final class Whose {
    @Option(
        names = "--stage",
        paramLabel = "WHO",
        description = "streams, alerting, responder, notifier, recorder, server, operator, ...")
    private String stage;

    @Option(names = "--agent", paramLabel = "ID", description = "The agent with this id.")
    private String agent;
  }

  /** What is done with the accounts of a cluster. */
  interface Work<T> {
    T of(Accounts accounts) throws CommandFailure, InterruptedException;
  }

  /**
   * Name of the account.
   *
   * @throws CommandFailure if there is no such stage, or the agent's id is no good
   */
  String user() throws CommandFailure {
    Principals principals = Principals.usual();
    try {
      String principal =
          whose.agent != null
              ? principals.ofAgent(whose.agent)
              : principals.of(
                  Actor.of(whose.stage)
                      .filter(actor -> actor != Actor.AGENT)
                      .orElseThrow(
                          () ->
                              new IllegalArgumentException(
                                  "--stage: there is no "
                                      + Terminal.plain(whose.stage)
                                      + "; there are "
                                      + String.join(
                                          ", ",
                                          Actor.single().stream().map(Actor::word).toList()))));
      return Principals.account(principal).orElseThrow();
    } catch (IllegalArgumentException bad) {
      throw PrincipalOptions.usage(bad.getMessage(), bad);
    }
  }

  <T> T with(Work<T> work) throws CommandFailure, InterruptedException {
    return with(options, work);
  }

  static <T> T with(ConfigOption options, Work<T> work)
      throws CommandFailure, InterruptedException {
    Cluster cluster = ClusterAddress.of(options.load());
    ClusterAddress.reach(cluster);
    try (Accounts accounts = new Accounts(cluster)) {
      return work.of(accounts);
    } catch (KafkaException refused) {
      throw new CommandFailure(CommandFailure.REFUSED, refused.getMessage(), refused);
    }
  }
}
