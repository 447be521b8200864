package io.tocsin.pipeline;

import io.tocsin.alerting.incidents.HealPolicies;
import io.tocsin.alerting.replay.BacktestReport;
import io.tocsin.alerting.replay.Recording;
import io.tocsin.alerting.replay.Replay;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.schemas.topic.Cluster;
import java.time.Instant;

/** Tries rules on what retained topics hold, by the code that judges in earnest. */
public final class TopicBacktest {

  private final Cluster cluster;
  private final int mostRecords;

  /**
   * Of a cluster.
   *
   * @param mostRecords how many are taken into memory; the report counts those left out
   */
  public TopicBacktest(Cluster cluster, int mostRecords) {
    this.cluster = cluster;
    this.mostRecords = mostRecords;
  }

  /**
   * Tries them on a stretch of time. Ends with an unchecked exception soon after its thread is
   * interrupted.
   *
   * @throws org.apache.kafka.common.KafkaException if the topics cannot be read
   */
  public BacktestReport run(RuleSet rules, Instant from, Instant to) {
    Recording recording = new Recording(mostRecords);
    TopicRecording.read(cluster, from, to, id -> true, recording);
    Replay replay = new Replay(rules, HealPolicies.NONE, alert -> alert, recording.from());
    recording.play(replay, to);
    return BacktestReport.ofTopics(
        replay.log(), recording, from, to, new PastIncidents(cluster).between(from, to));
  }
}
