package io.tocsin.collectors.container;

import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The containers that are reported on, as resources; the same list while nothing changes. */
final class Inventory {

  /**
   * One that is reported on.
   *
   * @param id of the resource
   * @param name what people call it
   * @param service it belongs to; may be null
   * @param tier of that service
   * @param labels of the resource
   */
  record Entry(String id, String name, String service, Tier tier, Map<String, String> labels) {}

  private final String parent;
  private final Duration interval;
  private final Clock clock;
  private List<Entry> entries = List.of();
  private List<Resource> resources = List.of();

  Inventory(String host, Duration interval, Clock clock) {
    this.parent = "host/" + host;
    this.interval = interval;
    this.clock = clock;
  }

  /** Takes in what the last pass reported on. */
  void set(List<Entry> reported) {
    if (!reported.equals(entries)) {
      entries = List.copyOf(reported);
      resources = entries.stream().map(this::resource).toList();
    }
  }

  private Resource resource(Entry entry) {
    return Resource.newBuilder()
        .setId(entry.id())
        .setKind(ResourceKind.CONTAINER)
        .setName(entry.name())
        .setParent(parent)
        .setService(entry.service())
        .setTier(entry.tier())
        .setLabels(entry.labels())
        .setIntervalMs(interval.toMillis())
        .setUpdatedAt(clock.instant())
        .build();
  }

  List<Resource> resources() {
    return resources;
  }
}
