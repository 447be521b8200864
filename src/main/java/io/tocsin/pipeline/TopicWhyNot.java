package io.tocsin.pipeline;

import io.tocsin.alerting.replay.Recording;
import io.tocsin.alerting.replay.WhyNot;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.server.fleet.Fleet;
import io.tocsin.server.fleet.GraphView;
import io.tocsin.server.story.WhyNotSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.common.KafkaException;

/**
 * Answers why a rule said nothing, from what the topics hold of the quarter of an hour before.
 * Bounded: what lies within three steps of the resource is replayed, at most {@value #MOST_RECORDS}
 * records of it, and reading ends after {@link #PATIENCE}. The command line has no such bounds.
 */
final class TopicWhyNot implements WhyNotSource {

  private static final Duration BACK = Duration.ofMinutes(15);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_RECORDS = 200_000;
  private static final int STEPS = 3;

  /** Records are written after what they tell of. */
  private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final Fleet fleet;
  private final Clock clock;

  TopicWhyNot(Cluster cluster, Fleet fleet, Clock clock) {
    this.cluster = cluster;
    this.fleet = fleet;
    this.clock = clock;
  }

  /** Ends the reading from within. */
  private static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public WhyNot ask(String rule, String resource, Instant at) throws IOException {
    Set<String> near = fleet.ask(graph -> GraphView.reach(graph, resource, STEPS));
    Instant giveUp = clock.instant().plus(PATIENCE);
    int[] taken = {0};
    try {
      RuleSet rules = RuleSet.EMPTY;
      for (RuleText text : new RulePublication(cluster, clock).read().values()) {
        rules = rules.apply(text).rules();
      }
      Recording recording =
          TopicRecording.read(
              cluster,
              at.minus(BACK),
              at.plus(WRITTEN_WITHIN),
              id -> {
                boolean wanted = near.contains(id);
                taken[0] += wanted ? 1 : 0;
                if (taken[0] > MOST_RECORDS || clock.instant().isAfter(giveUp)) {
                  throw new TooMuch();
                }
                return wanted;
              });
      return WhyNot.of(rules, rule, resource, at, recording);
    } catch (TooMuch tooMuch) {
      throw new IOException(
          "too much was heard in the quarter of an hour before to be read through here; tocsin"
              + " why-not on the command line takes the time",
          tooMuch);
    } catch (KafkaException away) {
      throw new IOException("the topics cannot be read: " + away.getMessage(), away);
    }
  }
}
