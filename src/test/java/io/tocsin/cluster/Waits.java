package io.tocsin.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long people waited to be told, over one kind of fault.
 *
 * @param what the fault and the part, for people
 * @param all one for each outage that began after the fault
 */
record Waits(String what, List<Duration> all) {

  /** The wait that so large a share is no longer than; zero where there are none. */
  Duration quantile(double share) {
    if (all.isEmpty()) {
      return Duration.ZERO;
    }
    List<Duration> sorted = new ArrayList<>(all);
    sorted.sort(null);
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  @Override
  public String toString() {
    return "%-24s %4d outages: told after %5.1f s (p50) %5.1f s (p99) %5.1f s (max)"
        .formatted(
            what,
            all.size(),
            quantile(0.5).toMillis() / 1e3,
            quantile(0.99).toMillis() / 1e3,
            quantile(1).toMillis() / 1e3);
  }
}
