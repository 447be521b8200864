package io.tocsin.alerting.notify.route;

import java.time.Duration;
import java.util.List;

/**
 * A channel that a notification goes to.
 *
 * @param channel its name
 * @param groupWait how long a first message waits for others to go out with it
 * @param path the branches taken to it, from the root, in words
 */
public record Target(String channel, Duration groupWait, List<String> path) {

  /** Copies the path. */
  public Target {
    path = List.copyOf(path);
  }
}
