package io.tocsin.alerting.job;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;

/** Flink's options as far as they belong to the job, each set on purpose. */
final class JobSettings {

  /** Key groups; the job can never run with more parallel tasks. Changing it loses the state. */
  static final int MAX_PARALLELISM = 128;

  private JobSettings() {}

  static Configuration of(int parallelism) {
    Configuration settings = new Configuration();
    settings.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    settings.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    // A type that only Kryo can serialize, or an operator without a uid, could not be restored by
    // the next release: both fail when the job is built instead.
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    // A record waits this long at most for company on its way to the next operator (default 100
    // ms).
    settings.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(5));
    checkpoints(settings);
    restarts(settings);
    return settings;
  }

  private static void checkpoints(Configuration settings) {
    // All of the state is written each time. People wait for none of it (see TopicSink); a restart
    // reads again what came since the last one.
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
    settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(1));
    settings.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofMillis(500));
    // By default they go when the job is cancelled, and the next start would find nothing.
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 5);
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
  }

  /** Never gives up: an alerting job that has stopped for good tells nobody of it. */
  private static void restarts(Configuration settings) {
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(500));
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(10));
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        Duration.ofMinutes(1));
  }
}
