package io.tocsin.embedded;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job on the embedded Flink cluster. */
public final class FlinkJob implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FlinkJob.class);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  private final MiniCluster cluster;
  private final String name;
  private final JobID id;

  private FlinkJob(MiniCluster cluster, String name, JobID id) {
    this.cluster = cluster;
    this.name = name;
    this.id = id;
  }

  static FlinkJob submit(MiniCluster cluster, String name, StreamGraph graph)
      throws PartFailure, InterruptedException {
    try {
      JobID id = cluster.submitJob(graph).get(60, TimeUnit.SECONDS).getJobID();
      return new FlinkJob(cluster, name, id);
    } catch (ExecutionException | TimeoutException e) {
      throw failure("was refused: " + PartFailure.reason(e), name, e);
    }
  }

  /** The name it was submitted under. */
  public String name() {
    return name;
  }

  /** Flink's id of this run: 32 hexadecimal digits. */
  public String id() {
    return id.toHexString();
  }

  /**
   * What the job does now: a {@link JobStatus} name, or UNKNOWN if the cluster does not say within
   * a second.
   */
  public String status() {
    try {
      return cluster.getJobStatus(id).get(1, TimeUnit.SECONDS).name();
    } catch (ExecutionException | TimeoutException e) {
      return "UNKNOWN";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "UNKNOWN";
    }
  }

  /** What failed last, of a job that begins again; empty if nothing has, or nobody knows. */
  public Optional<Throwable> newestFailure() throws InterruptedException {
    try {
      return Optional.ofNullable(graph().getFailureInfo())
          .map(info -> info.getException().deserializeError(getClass().getClassLoader()));
    } catch (PartFailure unknown) {
      LOG.debug("job {} does not say what failed", name, unknown);
      return Optional.empty();
    }
  }

  /**
   * Waits until every task runs, its state restored.
   *
   * @throws PartFailure if a task fails first, or not all run within {@code limit}
   */
  void awaitRunning(Duration limit) throws PartFailure, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline) {
      AccessExecutionGraph graph = graph();
      if (graph.getFailureInfo() != null) {
        String why = graph.getFailureInfo().getExceptionAsString();
        close();
        throw failure("failed while starting: " + why.lines().findFirst().orElse(""), name, null);
      }
      boolean running = graph.getState() == JobStatus.RUNNING;
      for (AccessExecutionVertex vertex : graph.getAllExecutionVertices()) {
        running &= vertex.getExecutionState() == ExecutionState.RUNNING;
      }
      if (running) {
        return;
      }
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    }
    close();
    throw failure("did not run within " + limit.toSeconds() + " s", name, null);
  }

  private AccessExecutionGraph graph() throws PartFailure, InterruptedException {
    try {
      return cluster.getExecutionGraph(id).get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw failure("cannot be asked for its tasks: " + PartFailure.reason(e), name, e);
    }
  }

  /** Takes a last checkpoint, so that the next start repeats nothing, and cancels the job. */
  @Override
  public void close() {
    try {
      JobStatus status = cluster.getJobStatus(id).get(1, TimeUnit.SECONDS);
      if (status == JobStatus.RUNNING) {
        checkpoint();
      }
      if (!status.isGloballyTerminalState()) {
        cluster.cancelJob(id).get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        cluster.requestJobResult(id).get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("job {} did not stop cleanly; it continues from its newest checkpoint", name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void checkpoint() throws InterruptedException {
    try {
      String path = cluster.triggerCheckpoint(id).get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      LOG.info("job {} left checkpoint {}", name, path);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("job {} took no last checkpoint; it repeats a few seconds", name, e);
    }
  }

  private static PartFailure failure(String what, String job, Throwable cause) {
    return new PartFailure("flink", "job " + job + " " + what + "; see logs/flink.log", cause);
  }
}
