package io.tocsin.embedded;

import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/**
 * Flink's settings, each for a reason. Reference: <a
 * href="https://nightlies.apache.org/flink/flink-docs-release-2.2/docs/deployment/config/">Flink
 * configuration</a>.
 */
final class FlinkSettings {

  /** Completed checkpoints kept: if the newest is damaged there are two more. */
  static final int RETAINED = 3;

  private FlinkSettings() {}

  static Configuration cluster(DataDirectory data, int slots) {
    Configuration s = new Configuration();
    s.set(CoreOptions.TMP_DIRS, temporary(data).toString());
    s.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false); // all code is on one class path
    s.set(CoreOptions.CLASSLOADER_RESOLVE_ORDER, "parent-first");

    // The REST API is for looking: an upload is code execution, so submitting is off.
    s.set(RestOptions.ADDRESS, Ports.LOOPBACK);
    s.set(RestOptions.BIND_ADDRESS, Ports.LOOPBACK);
    s.set(RestOptions.BIND_PORT, "0");
    s.set(WebOptions.SUBMIT_ENABLE, false);
    s.set(WebOptions.CANCEL_ENABLE, false);
    s.set(WebOptions.RESCALE_ENABLE, false);
    s.set(JobManagerOptions.ADDRESS, Ports.LOOPBACK);
    s.set(JobManagerOptions.BIND_HOST, Ports.LOOPBACK);
    s.set(TaskManagerOptions.HOST, Ports.LOOPBACK);
    s.set(TaskManagerOptions.BIND_HOST, Ports.LOOPBACK);

    // State is on the heap, so managed memory has no user; 16 MiB is 512 network buffers.
    s.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO);
    s.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16));
    s.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16));
    s.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    s.setString("metrics.reporter.tocsin.factory.class", FlinkMetersFactory.class.getName());
    return s;
  }

  /** Blobs, the RPC system's jar and the like: of use to one run only. */
  static Path temporary(DataDirectory data) {
    return data.cache().resolve("flink");
  }

  static Configuration job(Path checkpoints) {
    Configuration s = new Configuration();
    s.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    s.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    s.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    s.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED);
    // Default: deleted with the job, so a restart would find nothing.
    s.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    return s;
  }
}
