package io.tocsin.streams.topology;

import io.tocsin.streams.bottleneck.Thresholds;
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
 * @param thresholds what a bottleneck is
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
    Thresholds thresholds) {

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
        Thresholds.defaults());
  }
}
