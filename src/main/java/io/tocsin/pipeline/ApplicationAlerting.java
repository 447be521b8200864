package io.tocsin.pipeline;

import io.tocsin.alerting.job.AlertingConfig;
import io.tocsin.alerting.job.AlertingJob;
import io.tocsin.config.Config;
import io.tocsin.schemas.topic.Cluster;
import java.time.Clock;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The alerting job where Flink itself has started this program (application mode). It is the same
 * job as {@link RemoteAlerting}'s; what it goes on from, and where its state is, the cluster's
 * settings say.
 */
public final class ApplicationAlerting {

  private final Cluster cluster;
  private final int parallelism;
  private final AlertingConfig alerting;
  private final Clock clock;

  /**
   * A job that has not started.
   *
   * @throws IllegalArgumentException if the configuration cannot be used, in words for people
   */
  public ApplicationAlerting(Cluster cluster, Config config, Clock clock) {
    this.cluster = cluster;
    this.parallelism = config.alerting().parallelism();
    this.alerting = StageSettings.alerting(config, clock);
    this.clock = clock;
  }

  /**
   * Tells the topic of the rules that the configuration brings, and runs the job to its end.
   *
   * @throws Exception what Flink has against it
   */
  public void run() throws Exception {
    new RulePublication(cluster, clock).publish(alerting.rules());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(AlertingJob.settings(parallelism));
    AlertingJob.define(env, cluster, alerting, clock);
    env.execute(RemoteAlerting.NAME);
  }
}
