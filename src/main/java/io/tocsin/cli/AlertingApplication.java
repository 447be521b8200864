package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.config.ConfigLoader;
import io.tocsin.pipeline.ApplicationAlerting;
import io.tocsin.pipeline.Broker;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.security.Actor;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The alerting job as a Flink application: what a cluster in application mode, such as that of
 * Flink's Kubernetes operator, starts in its job manager. {@code tocsin alerting --jars} lays the
 * jars that it needs.
 *
 * <p>It ends with an exception rather than an exit code: the process is Flink's.
 */
public final class AlertingApplication {

  private AlertingApplication() {}

  /**
   * Runs the job.
   *
   * @param arguments the configuration file alone: Flink's own entry point would take a {@code
   *     --config} for its {@code --configDir}
   * @throws Exception if the configuration cannot be used, the broker does not answer, or Flink
   *     refuses
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("the one argument is the configuration file");
    }
    Config config = new ConfigLoader().load(Path.of(arguments[0]));
    Cluster cluster = StagePlace.cluster(config, "the alerting job");
    new Broker(cluster).check(Actor.ALERTING);
    new ApplicationAlerting(cluster, config, Clock.systemUTC()).run();
  }
}
