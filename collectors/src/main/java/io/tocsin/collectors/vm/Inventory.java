package io.tocsin.collectors.vm;

import io.tocsin.collectors.ResourceIds;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The domains that are reported on, as resources; the same list as long as nothing changes. */
final class Inventory {

  /** A domain as it is announced. */
  private record Entry(String id, String name, Map<String, String> labels) {}

  private final VmConfig config;
  private final String parent;
  private final Clock clock;
  private List<Entry> entries = List.of();
  private List<Resource> resources = List.of();

  Inventory(VmConfig config, String host, Clock clock) {
    this.config = config;
    this.parent = "host/" + host;
    this.clock = clock;
  }

  /** Id of the resource that a domain is. */
  String idOf(DomainStats domain) {
    return ResourceIds.of(
        ResourceKind.VM,
        switch (config.id()) {
          case NAME -> domain.name();
          case UUID -> domain.uuid();
        });
  }

  List<Resource> resources() {
    return resources;
  }

  /** Holds exactly what is reported on. */
  void replace(List<DomainStats> reported, DetailsCache details) {
    List<Entry> now = new ArrayList<>(reported.size());
    for (DomainStats domain : reported) {
      now.add(new Entry(idOf(domain), domain.name(), labels(domain, details.of(domain))));
    }
    if (!now.equals(entries)) {
      entries = now;
      resources = now.stream().map(this::resource).toList();
    }
  }

  private static Map<String, String> labels(DomainStats domain, DomainDetails details) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("uuid", domain.uuid());
    if (details != null) {
      DomainXml description = details.description();
      labels.put("os-type", description.osType());
      labels.put("machine", description.machine());
      labels.put("huge-pages", String.valueOf(description.hugePages()));
      labels.put("autostart", String.valueOf(details.autostart()));
    }
    return labels;
  }

  private Resource resource(Entry entry) {
    VmConfig.Service service = config.serviceOf(entry.name());
    return Resource.newBuilder()
        .setId(entry.id())
        .setKind(ResourceKind.VM)
        .setName(Text.clean(entry.name(), 255))
        .setParent(parent)
        .setService(service.service())
        .setTier(service.tier())
        .setLabels(entry.labels())
        .setIntervalMs(config.interval().toMillis())
        .setUpdatedAt(clock.instant())
        .build();
  }
}
