package io.tocsin.streams.topology;

import io.tocsin.streams.bottleneck.BottleneckSettings;
import io.tocsin.streams.policy.PolicySettings;
import io.tocsin.streams.window.WindowSettings;
import java.time.Duration;

/**
 * How the streams run.
 *
 * @param applicationId group id, prefix of internal topics and transactions; another one starts all
 *     windows anew
 * @param instanceId unique among the instances of the application and stable across restarts, so
 *     that one that comes back gets its tasks back at once
 * @param threads stream threads of this instance
 * @param replicationFactor copies of the internal topics; 1 only where there is one broker, -1 for
 *     what the broker gives topics of itself
 * @param standbys warm copies of each state on other instances
 * @param commitInterval how often transactions end. Readers see nothing of an open one, so a window
 *     update or a bottleneck waits for up to that long
 * @param server {@code host:port} at which this instance answers for its state, told to the others
 *     of the application; null where it does not
 * @param windows how windows are made
 * @param bottlenecks what a bottleneck is, and what is advised against it
 * @param policy how container policy works
 */
public record StreamsSettings(
    String applicationId,
    String instanceId,
    int threads,
    int replicationFactor,
    int standbys,
    Duration commitInterval,
    String server,
    WindowSettings windows,
    BottleneckSettings bottlenecks,
    PolicySettings policy) {

  /** One thread beside a single broker. */
  public static StreamsSettings embedded() {
    return new StreamsSettings(
        "tocsin-streams",
        "tocsin-streams-0",
        1,
        1,
        0,
        Duration.ofMillis(100),
        null,
        WindowSettings.defaults(),
        BottleneckSettings.defaults(),
        PolicySettings.defaults());
  }

  /** The same under another name. */
  public StreamsSettings withInstanceId(String other) {
    return new StreamsSettings(
        applicationId,
        other,
        threads,
        replicationFactor,
        standbys,
        commitInterval,
        server,
        windows,
        bottlenecks,
        policy);
  }

  /** The same with another number of threads. */
  public StreamsSettings withThreads(int other) {
    return new StreamsSettings(
        applicationId,
        instanceId,
        other,
        replicationFactor,
        standbys,
        commitInterval,
        server,
        windows,
        bottlenecks,
        policy);
  }

  /** The same with other windows. */
  public StreamsSettings withWindows(WindowSettings other) {
    return new StreamsSettings(
        applicationId,
        instanceId,
        threads,
        replicationFactor,
        standbys,
        commitInterval,
        server,
        other,
        bottlenecks,
        policy);
  }

  /** The same with other bottlenecks. */
  public StreamsSettings withBottlenecks(BottleneckSettings other) {
    return new StreamsSettings(
        applicationId,
        instanceId,
        threads,
        replicationFactor,
        standbys,
        commitInterval,
        server,
        windows,
        other,
        policy);
  }

  /** The same with another container policy. */
  public StreamsSettings withPolicy(PolicySettings other) {
    return new StreamsSettings(
        applicationId,
        instanceId,
        threads,
        replicationFactor,
        standbys,
        commitInterval,
        server,
        windows,
        bottlenecks,
        other);
  }
}
