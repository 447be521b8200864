package io.tocsin.streams.topology;

import io.tocsin.schemas.ImageFindings;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.streams.policy.ScanChange;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The newest scan of each image, for as many images as are to be remembered. */
final class ImageScans {

  private final KeyValueStore<String, SecurityEvent> store;
  private final int limit;
  private final Runnable forgotten;
  private final Map<String, Instant> scannedAt = new HashMap<>();

  /**
   * The scans of a store.
   *
   * @param forgotten called for each image that is forgotten for want of room
   */
  ImageScans(KeyValueStore<String, SecurityEvent> store, int limit, Runnable forgotten) {
    this.store = store;
    this.limit = limit;
    this.forgotten = forgotten;
    try (KeyValueIterator<String, SecurityEvent> scans = store.all()) {
      while (scans.hasNext()) {
        KeyValue<String, SecurityEvent> scan = scans.next();
        scannedAt.put(scan.key, scan.value.getAt());
      }
    }
  }

  /** What a scan changed; empty if it is not newer than the one known. */
  Optional<ImageFindings> take(SecurityEvent scan) {
    SecurityEvent before = store.get(scan.getImage());
    if (!ScanChange.isNewer(scan, before)) {
      return Optional.empty();
    }
    store.put(scan.getImage(), ScanChange.baseline(before, scan));
    scannedAt.put(scan.getImage(), scan.getAt());
    if (scannedAt.size() > limit) {
      forgetOldest();
    }
    return Optional.of(ScanChange.between(before, scan));
  }

  private void forgetOldest() {
    scannedAt.entrySet().stream()
        .min(
            Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .ifPresent(
            oldest -> {
              scannedAt.remove(oldest);
              store.delete(oldest);
              forgotten.run();
            });
  }
}
