package io.tocsin.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The four engines of a single-machine installation. Run {@link Preflight} first and hold its lock
 * while this runs. Stops Flink first, so that its jobs can leave a last checkpoint while Kafka
 * still takes their output; then the others side by side.
 */
public final class EmbeddedParts implements AutoCloseable {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(4);
  private static final int FLINK_SLOTS = 4;

  private final EmbeddedKafka kafka;
  private final EmbeddedRegistry registry;
  private final EmbeddedQuestDb questDb;
  private final EmbeddedFlink flink;
  private final Parts all;

  /**
   * @param data where everything lives
   * @param ports what to listen on
   * @param registryDistribution the unpacked registry: {@code *-runner.jar} beside {@code lib/}
   * @param listener told of each part that answers, and of each that dies later
   */
  public EmbeddedParts(
      DataDirectory data, Ports ports, Path registryDistribution, PartListener listener) {
    kafka = new EmbeddedKafka(data.kafka(), ports, listener::died);
    registry = new EmbeddedRegistry(registryDistribution, data, ports.registry(), listener::died);
    questDb = new EmbeddedQuestDb(data, ports);
    flink = new EmbeddedFlink(data, FLINK_SLOTS);
    // The registry takes longest and has a process of its own: first, so that it is not waited for.
    all = new Parts(List.of(registry, kafka, questDb, flink), listener, STOP_LIMIT);
  }

  /**
   * Starts all parts side by side.
   *
   * @throws PartFailure the first one's that did not start; all others have been stopped then
   */
  public void start() throws PartFailure, InterruptedException {
    all.start();
  }

  public EmbeddedKafka kafka() {
    return kafka;
  }

  public EmbeddedRegistry registry() {
    return registry;
  }

  public EmbeddedQuestDb questDb() {
    return questDb;
  }

  public EmbeddedFlink flink() {
    return flink;
  }

  /** Stops all parts; takes {@code 2 × 4} s at the very most. */
  @Override
  public void close() {
    new Parts(List.of(flink), null, STOP_LIMIT).close();
    all.close();
  }
}
