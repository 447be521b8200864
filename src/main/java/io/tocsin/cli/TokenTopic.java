package io.tocsin.cli;

import io.tocsin.pipeline.Broker;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.security.Actor;
import io.tocsin.server.access.AccessDesk;
import io.tocsin.server.access.AccessSink;
import io.tocsin.server.access.AccessTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;

/** The tokens as they stand on their topic. */
final class TokenTopic {

  private static final String NAME = "tokens";
  private static final Duration POLL = Duration.ofMillis(200);

  @Mixin private ConfigOption config;

  private final Clock clock = Clock.systemUTC();

  /** What is done with them, and with whoever gives and takes them. */
  interface Work<T> {
    T of(AccessTokens tokens, AccessDesk desk) throws CommandFailure;
  }

  /**
   * Reads them, and has something done.
   *
   * @throws CommandFailure if the topic cannot be read or written, or is not there
   */
  <T> T with(Work<T> work) throws CommandFailure, InterruptedException {
    Cluster cluster = ClusterAddress.of(config.load());
    ClusterAddress.reach(cluster);
    try {
      new Broker(cluster).check(Actor.OPERATOR);
    } catch (Broker.Unfit unfit) {
      throw new CommandFailure(CommandFailure.NOT_RUNNING, unfit.getMessage(), unfit);
    }
    try (TopicWriter writer = TopicWriter.patient(cluster, NAME)) {
      AccessTokens tokens = read(cluster);
      return work.of(tokens, new AccessDesk(tokens, AccessSink.to(writer), clock));
    } catch (KafkaException | CompletionException refused) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING,
          "the tokens at "
              + cluster.bootstrapServers()
              + " could not be read or written: "
              + refused.getMessage(),
          refused);
    }
  }

  private AccessTokens read(Cluster cluster) {
    AccessTokens tokens = new AccessTokens();
    try (TopicReader reader =
        TopicReader.fromBeginning(cluster, NAME, clock, Set.of(Topics.ACCESS))) {
      do {
        reader.poll(POLL).forEach(tokens::apply);
      } while (reader.lag() > 0);
    }
    return tokens;
  }

  Clock clock() {
    return clock;
  }
}
