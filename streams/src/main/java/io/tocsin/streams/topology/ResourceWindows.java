package io.tocsin.streams.topology;

import io.tocsin.schemas.Window;
import java.time.Instant;
import java.util.List;

/**
 * What is known of a resource at this moment.
 *
 * @param resourceId its id
 * @param newestAt event time of its newest sample
 * @param arrivedAt when its last accepted sample arrived, by the clock on the wall
 * @param windows its open windows, everything that has arrived included, also what still waits for
 *     the grace to pass; the shortest first
 */
public record ResourceWindows(
    String resourceId, Instant newestAt, Instant arrivedAt, List<Window> windows) {

  public ResourceWindows {
    windows = List.copyOf(windows);
  }
}
