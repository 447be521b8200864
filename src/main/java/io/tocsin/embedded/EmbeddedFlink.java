package io.tocsin.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flink cluster in this process: one job manager, one task manager. A job submitted under a name
 * continues from the newest checkpoint that the same name left behind.
 */
public final class EmbeddedFlink implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFlink.class);

  private final DataDirectory data;
  private final int slots;
  private final List<FlinkJob> jobs = new CopyOnWriteArrayList<>();
  private MiniCluster cluster;
  private volatile String address = "not started";

  /**
   * @param data checkpoints and temporary files go here
   * @param slots how many parallel subtasks may run; each job needs as many as its parallelism
   */
  public EmbeddedFlink(DataDirectory data, int slots) {
    this.data = data;
    this.slots = slots;
  }

  @Override
  public String name() {
    return "flink";
  }

  /** The monitoring REST API; its port is any free one. */
  @Override
  public String address() {
    return address;
  }

  @Override
  public synchronized void start() throws PartFailure, InterruptedException {
    try {
      DirectoryTree.delete(FlinkSettings.temporary(data)); // what a killed run left behind
      Configuration settings = FlinkSettings.cluster(data, slots);
      cluster =
          new MiniCluster(
              new MiniClusterConfiguration.Builder()
                  .setConfiguration(settings)
                  .setNumTaskManagers(1)
                  .setNumSlotsPerTaskManager(slots)
                  .setCommonBindAddress(Ports.LOOPBACK)
                  .build());
      cluster.start();
      address = cluster.getRestAddress().get(30, TimeUnit.SECONDS).toString();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new PartFailure(
          name(), "did not start: " + PartFailure.reason(e) + "; see logs/flink.log", e);
    }
  }

  /**
   * Runs a job, continuing from its newest complete checkpoint if there is one. If that one cannot
   * be restored, the next older one is tried; if none can, the job is not started, because starting
   * it empty would forget every open incident.
   *
   * @param name lower-case letters, digits and dashes; the job's identity across restarts
   * @param settings the job's own options; where checkpoints go and what state is kept in are ours
   * @param job builds the pipeline on the environment it is given; does not call {@code execute}
   * @return the running job, every task of it
   * @throws PartFailure if the job does not come up
   */
  public synchronized FlinkJob submit(
      String name, Configuration settings, Consumer<StreamExecutionEnvironment> job)
      throws PartFailure, InterruptedException {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw new IllegalArgumentException("job name '" + name + "' is not lower-case-with-dashes");
    }
    Path checkpoints = data.checkpoints().resolve(name);
    NewestCheckpoint store = new NewestCheckpoint(checkpoints);
    List<NewestCheckpoint.Checkpoint> candidates = store.complete();
    if (candidates.isEmpty()) {
      requireNothingToForget(name, store);
      return launch(name, settings, checkpoints, job, null);
    }
    PartFailure last = null;
    List<NewestCheckpoint.Checkpoint> refused = new ArrayList<>();
    for (NewestCheckpoint.Checkpoint candidate : candidates) {
      try {
        FlinkJob running = launch(name, settings, checkpoints, job, candidate);
        refused.forEach(store::refuse); // only now: if none can be restored, the job is at fault
        store.discardOlderThan(FlinkSettings.RETAINED);
        return running;
      } catch (PartFailure e) {
        last = e;
        refused.add(candidate);
        LOG.warn("job {} cannot continue from {}: trying an older one", name, candidate.path(), e);
      }
    }
    throw new PartFailure(
        name(),
        "job "
            + name
            + " cannot continue from any of its "
            + candidates.size()
            + " checkpoints; to give up its state, move "
            + checkpoints
            + " away ("
            + PartFailure.reason(last)
            + ")",
        last);
  }

  /**
   * A job without a checkpoint begins anew, which has to be because there was none before.
   *
   * @throws PartFailure if there is one that cannot be read, or that another version has kept under
   *     another name
   */
  private void requireNothingToForget(String name, NewestCheckpoint store) throws PartFailure {
    List<Path> there = new ArrayList<>(store.unreadable());
    String family = name.replaceFirst("-\\d+$", "");
    for (Path other : store.besides()) {
      if (other.getFileName().toString().matches(family + "(-\\d+)?")) {
        there.addAll(new NewestCheckpoint(other).complete().stream().map(c -> c.path()).toList());
      }
    }
    if (!there.isEmpty()) {
      throw new PartFailure(
          name(),
          "job "
              + name
              + " cannot continue from "
              + there.get(0)
              + ", which another version has written or which is damaged, and will not forget it by"
              + " itself: start the version that wrote it, or, to give up open incidents, move "
              + data.checkpoints()
              + " away",
          null);
    }
  }

  private FlinkJob launch(
      String name,
      Configuration settings,
      Path checkpoints,
      Consumer<StreamExecutionEnvironment> job,
      NewestCheckpoint.Checkpoint from)
      throws PartFailure, InterruptedException {
    Configuration both = new Configuration(settings);
    both.addAll(FlinkSettings.job(checkpoints));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(both);
    job.accept(env);
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(name);
    if (from != null) {
      graph.setSavepointRestoreSettings(
          SavepointRestoreSettings.forPath(from.path().toUri().toString(), false));
    }
    FlinkJob submitted = FlinkJob.submit(cluster, name, graph);
    submitted.awaitRunning(Duration.ofSeconds(60));
    jobs.add(submitted);
    LOG.info("job {} runs as {}, continued from {}", name, submitted.id(), from);
    return submitted;
  }

  @Override
  public synchronized void close() {
    if (cluster == null) {
      return;
    }
    jobs.forEach(FlinkJob::close);
    jobs.clear();
    try {
      cluster.closeAsync().get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("Flink did not stop cleanly; jobs continue from their newest checkpoint", e);
    }
    cluster = null;
  }
}
