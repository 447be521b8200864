package io.tocsin.streams.topology;

import io.tocsin.streams.latency.Pace;
import io.tocsin.streams.window.WindowSettings;
import java.time.Duration;
import java.util.Arrays;

/**
 * What has to be known of a resource once a second, lest all states be read as often: how long it
 * has been silent, and which of its open windows there is news of. Not kept in a store: a task that
 * starts tells of each window once more.
 */
final class LatencyWatch {

  private final long[] sizesMs;
  private final long[] toldAt;
  private final boolean[] isNews;
  private long arrivedAt;
  private long silentFor;

  LatencyWatch(WindowSettings settings) {
    sizesMs = settings.sizes().stream().mapToLong(Duration::toMillis).toArray();
    toldAt = new long[sizesMs.length];
    isNews = new boolean[sizesMs.length];
  }

  /**
   * The state has changed.
   *
   * @param lastAt when its last reading arrived, in ms of wall time
   * @param silentForMs how long it has to be silent for something to be done, in ms
   */
  void expect(long lastAt, long silentForMs) {
    arrivedAt = lastAt;
    silentFor = silentForMs;
  }

  long arrivedAt() {
    return arrivedAt;
  }

  long silentFor() {
    return silentFor;
  }

  /** A reading has come. */
  void news() {
    Arrays.fill(isNews, true);
  }

  boolean isAnyDue(long wall) {
    for (long sizeMs : sizesMs) {
      if (isDue(sizeMs, wall)) {
        return true;
      }
    }
    return false;
  }

  boolean isDue(long sizeMs, long wall) {
    for (int size = 0; size < sizesMs.length; size++) {
      if (sizesMs[size] == sizeMs) {
        return isNews[size] && wall - toldAt[size] >= Pace.everyMs(sizeMs);
      }
    }
    return false;
  }

  /** What was due is told. */
  void told(long wall) {
    for (int size = 0; size < sizesMs.length; size++) {
      if (isDue(sizesMs[size], wall)) {
        isNews[size] = false;
        toldAt[size] = wall;
      }
    }
  }
}
