package io.tocsin.pipeline;

import io.tocsin.alerting.job.AlertingConfig;
import io.tocsin.alerting.job.AlertingJob;
import io.tocsin.config.Config;
import io.tocsin.schemas.topic.Cluster;
import java.time.Clock;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.LoggerFactory;

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
   * <p>Where it would begin with nothing though it has been at work before, its log says so, and it
   * goes on all the same: whoever started it is no person that could be asked, and a job that pages
   * without knowing what was open is better than none.
   *
   * @throws Exception what Flink has against it
   */
  public void run() throws Exception {
    new RulePublication(cluster, clock).publish(alerting.rules());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(AlertingJob.settings(parallelism));
    if (beginsWithNothing(env.getConfiguration())
        && new Broker(cluster).knows(RemoteAlerting.GROUP)) {
      LoggerFactory.getLogger(ApplicationAlerting.class)
          .error(
              "the job has been at work before and begins with nothing: what is open is opened"
                  + " again. Set high-availability.type, or execution.state-recovery.path to a"
                  + " savepoint or to the newest checkpoint");
    }
    AlertingJob.define(env, cluster, alerting, clock);
    env.execute(RemoteAlerting.NAME);
  }

  /** Whether nothing tells Flink of a state to go on from: no savepoint, and no other memory. */
  static boolean beginsWithNothing(ReadableConfig settings) {
    return settings.getOptional(StateRecoveryOptions.SAVEPOINT_PATH).isEmpty()
        && settings.get(HighAvailabilityOptions.HA_MODE).equalsIgnoreCase("NONE");
  }
}
