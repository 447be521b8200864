package io.tocsin.alerting.notify.config;

import io.tocsin.alerting.notify.channel.ChannelSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who is told, and how: the section {@code notifications} of the configuration.
 *
 * @param console address of the console for links in messages; null for none
 * @param channels ways to people
 * @param route the tree that says which of them is used; with channels and no route all are
 * @param healingFirst whether P2 and P3 are told only once healing has failed; default true
 * @param healingFirstAtMost how long they are held back for that; default 15 min
 * @param allowPrivate networks or host names beside public ones that messages may be sent to, such
 *     as {@code 10.0.0.0/8} or {@code alertmanager.internal}
 * @param watchdog the sign of life to somebody outside; null for none
 */
public record NotificationConfig(
    URI console,
    List<ChannelConfig> channels,
    RouteConfig route,
    Boolean healingFirst,
    Duration healingFirstAtMost,
    List<String> allowPrivate,
    Watchdog watchdog) {

  /** Nobody is told. */
  public static final NotificationConfig DEFAULT =
      new NotificationConfig(null, null, null, null, null, null, null);

  /** Fills in the defaults. */
  public NotificationConfig {
    channels = channels == null ? List.of() : List.copyOf(channels);
    route =
        route == null
            ? new RouteConfig(
                null, channels.stream().map(ChannelConfig::name).toList(), null, null, null)
            : route;
    healingFirst = healingFirst == null ? Boolean.TRUE : healingFirst;
    healingFirstAtMost = healingFirstAtMost == null ? Duration.ofMinutes(15) : healingFirstAtMost;
    allowPrivate = allowPrivate == null ? List.of() : List.copyOf(allowPrivate);
  }

  /** The channel of that name. */
  public Optional<ChannelConfig> channel(String name) {
    return channels.stream().filter(channel -> channel.name().equals(name)).findFirst();
  }

  /**
   * A sign of life that has gone all the way from a collector to the notifier, to somebody who
   * raises the alarm when it stops.
   *
   * @param via where it goes
   * @param every default 30 s, at least 10 s: beats come every five
   */
  public record Watchdog(ChannelSpec via, Duration every) {

    private static final Duration SHORTEST = Duration.ofSeconds(10);

    /**
     * Fills in the default.
     *
     * @throws IllegalArgumentException if it goes nowhere, or too often
     */
    public Watchdog {
      every = every == null ? Duration.ofSeconds(30) : every;
      if (via == null) {
        throw new IllegalArgumentException("watchdog: via is missing");
      }
      if (every.compareTo(SHORTEST) < 0) {
        throw new IllegalArgumentException(
            "watchdog: every must be at least " + SHORTEST.toSeconds() + "s, not " + every);
      }
    }
  }
}
