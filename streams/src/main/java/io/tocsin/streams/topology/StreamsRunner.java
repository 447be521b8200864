package io.tocsin.streams.topology;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.SecurityReport;
import io.tocsin.schemas.topic.Cluster;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the topologies of this stage in this process. Topics and schemas have to be there before
 * {@link #start}. Threads that die are replaced as {@link ThreadRestarts} decides; when it gives
 * up, {@link #failure} says why.
 */
public final class StreamsRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);
  private static final Duration CLOSE_WITHIN = Duration.ofMillis(2_800);

  private final KafkaStreams streams;
  private final StateLookup lookup;
  private final InputLag lag;
  private final MeterRegistry meters;
  private final ThreadRestarts restarts;
  private final CompletableFuture<Void> running = new CompletableFuture<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile StreamsFailure failure;

  /**
   * Prepares the streams; nothing runs yet.
   *
   * @param stateDir where state is kept across restarts; one per instance
   * @throws StreamsFailure if the state directory is in use or cannot be written
   */
  public StreamsRunner(
      Cluster cluster, StreamsSettings settings, Path stateDir, Clock clock, MeterRegistry meters) {
    this.meters = meters;
    this.restarts = new ThreadRestarts(cluster, clock);
    this.lag = new InputLag(clock, meters);
    this.streams = make(cluster, settings, stateDir, lag, clock, meters);
    lag.watch(streams);
    this.lookup = new StateLookup(streams, new EfficiencyQuery(settings.windows()), settings);
    streams.setStateListener((now, before) -> changed(now));
    streams.setUncaughtExceptionHandler(this::died);
    Gauge.builder("tocsin.streams.running", this, runner -> runner.isRunning() ? 1 : 0)
        .register(meters);
  }

  private static KafkaStreams make(
      Cluster cluster,
      StreamsSettings settings,
      Path stateDir,
      Backlog backlog,
      Clock clock,
      MeterRegistry meters) {
    try {
      return new KafkaStreams(
          StreamsTopology.build(cluster, settings, backlog, clock, meters),
          new StreamsConfig(
              StreamsConfiguration.of(
                  cluster, settings, stateDir, new HandlerContext(cluster, clock, meters))));
    } catch (StreamsException refused) {
      throw new StreamsFailure(
          "the state directory "
              + stateDir
              + " is in use by another instance, or cannot be written: "
              + refused.getMessage(),
          refused);
    }
  }

  /**
   * Starts the stream threads and returns at once.
   *
   * @throws StreamsFailure if the state directory is in use or cannot be written
   */
  public void start() {
    try {
      streams.start();
    } catch (StreamsException | IllegalStateException refused) {
      throw new StreamsFailure("the streams cannot start: " + refused.getMessage(), refused);
    }
  }

  /**
   * Waits until all tasks are assigned and their state is restored.
   *
   * @throws StreamsFailure if they gave up, or it takes too long
   */
  public void awaitRunning(Duration timeout) throws InterruptedException {
    try {
      running.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException gaveUp) {
      throw failure().orElseGet(() -> new StreamsFailure("the streams stopped", gaveUp));
    } catch (TimeoutException late) {
      throw new StreamsFailure(
          "the streams are not running after " + timeout + ", but " + streams.state(), late);
    }
  }

  /** Whether records are being processed at this moment. */
  public boolean isRunning() {
    return streams.state() == State.RUNNING;
  }

  /** How this instance stands. */
  public InstanceState instance() {
    Set<ThreadMetadata> threads =
        streams.state() == State.CREATED ? Set.of() : streams.metadataForLocalThreads();
    return new InstanceState(
        isRunning(),
        streams.state().name(),
        tasks(threads, ThreadMetadata::activeTasks),
        tasks(threads, ThreadMetadata::standbyTasks),
        lag.total());
  }

  private static List<String> tasks(
      Set<ThreadMetadata> threads, Function<ThreadMetadata, Set<TaskMetadata>> which) {
    return threads.stream()
        .flatMap(thread -> which.apply(thread).stream())
        .map(task -> task.taskId().toString())
        .sorted()
        .toList();
  }

  /** What is known of a resource, by this instance or another one. */
  public StateAnswer state(String resourceId) {
    return lookup.state(resourceId);
  }

  /** Why the streams gave up; empty while they have not. */
  public Optional<StreamsFailure> failure() {
    return Optional.ofNullable(failure);
  }

  /** The security report as this instance has it; empty where another one has it, or none yet. */
  public Optional<SecurityReport> securityReport() {
    return PolicyTopology.report(streams);
  }

  private void changed(State now) {
    LOG.debug("streams are {}", now);
    if (now == State.RUNNING) {
      lag.assigned();
      running.complete(null);
    } else if (now.hasStartedOrFinishedShuttingDown()) {
      running.completeExceptionally(new IllegalStateException("streams are " + now));
    }
  }

  private StreamThreadExceptionResponse died(Throwable death) {
    ThreadRestarts.Decision decision = restarts.after(death);
    if (decision instanceof ThreadRestarts.Decision.GiveUp giveUp) {
      failure = new StreamsFailure("the streams gave up: " + giveUp.why(), death);
      LOG.error("the streams gave up: {}", giveUp.why(), death);
      meters.counter("tocsin.streams.threads", "reason", "gave_up").increment();
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOG.warn("a stream thread died and is replaced: {}", death.toString(), death);
    meters.counter("tocsin.streams.threads", "reason", "replaced").increment();
    boolean isClosing = pause(((ThreadRestarts.Decision.Replace) decision).pause());
    return isClosing
        ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
        : StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** Waits, unless this is closed meanwhile, which is what it returns. */
  private boolean pause(Duration pause) {
    try {
      return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /**
   * Ends the transactions under way and stops, within 3 s. What could not end in time is aborted by
   * the broker and read again at the next start. The static membership stays, so that the next
   * start gets its tasks back at once.
   */
  @Override
  public void close() {
    closing.countDown();
    boolean inTime =
        streams.close(
            CloseOptions.timeout(CLOSE_WITHIN)
                .withGroupMembershipOperation(
                    CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
    if (!inTime) {
      LOG.warn(
          "the streams did not stop within {}; their last transaction is aborted", CLOSE_WITHIN);
    }
  }
}
