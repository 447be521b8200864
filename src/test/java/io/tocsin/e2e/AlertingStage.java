package io.tocsin.e2e;

import static org.awaitility.Awaitility.await;

import io.tocsin.alerting.job.AlertingConfig;
import io.tocsin.alerting.job.AlertingJob;
import io.tocsin.schemas.topic.Cluster;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** The alerting job at a real broker, on a small cluster of Flink's in this process. */
final class AlertingStage implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MiniCluster flink;
  private final JobID job;

  /**
   * Starts it, and waits until it runs.
   *
   * @param checkpoints directory for its checkpoints
   * @param savepoint where to go on from; null to begin anew
   */
  AlertingStage(Cluster cluster, AlertingConfig config, Path checkpoints, Path savepoint)
      throws Exception {
    flink =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(ofCluster())
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .setCommonBindAddress("127.0.0.1")
                .build());
    flink.start();
    Configuration settings = AlertingJob.settings(1);
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    AlertingJob.define(env, cluster, config, Clock.systemUTC());
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(AlertingJob.NAME);
    if (savepoint != null) {
      graph.setSavepointRestoreSettings(
          SavepointRestoreSettings.forPath(savepoint.toUri().toString(), false));
    }
    job = flink.submitJob(graph).get(60, TimeUnit.SECONDS).getJobID();
    await("every task runs").atMost(PATIENCE).until(this::runs);
  }

  private static Configuration ofCluster() {
    Configuration settings = new Configuration();
    settings.set(RestOptions.BIND_PORT, "0");
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16));
    return settings;
  }

  private boolean runs() throws Exception {
    var graph = flink.getExecutionGraph(job).get(10, TimeUnit.SECONDS);
    if (graph.getFailureInfo() != null) {
      throw new AssertionError(graph.getFailureInfo().getExceptionAsString());
    }
    if (graph.getState() != JobStatus.RUNNING) {
      return false;
    }
    for (var vertex : graph.getAllExecutionVertices()) {
      if (vertex.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return true;
  }

  /** What Flink says of the job. */
  JobStatus status() {
    return flink.getJobStatus(job).join();
  }

  /** Writes a savepoint below a directory, in the format that does not depend on the backend. */
  Path savepoint(Path directory) throws Exception {
    String written =
        flink
            .triggerSavepoint(
                job, directory.toUri().toString(), false, SavepointFormatType.CANONICAL)
            .get(60, TimeUnit.SECONDS);
    return Path.of(URI.create(written));
  }

  @Override
  public void close() {
    flink.cancelJob(job).join();
    await("it has ended").atMost(PATIENCE).until(() -> status().isGloballyTerminalState());
    flink.closeAsync().join();
  }
}
