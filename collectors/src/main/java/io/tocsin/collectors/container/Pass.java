package io.tocsin.collectors.container;

import io.tocsin.collectors.Reading;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.StateSample;
import io.tocsin.schemas.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one pass gathers: samples, and which containers they are of. */
final class Pass {

  private final Instant at;
  private final String service;
  private final ResourceNames names;
  private final Reading.Builder reading = Reading.builder();
  private final List<Inventory.Entry> reported = new ArrayList<>();

  /**
   * Begins one.
   *
   * @param service of containers that name none; may be null
   */
  Pass(Instant at, String service, ResourceNames names) {
    this.at = at;
    this.service = service;
    this.names = names;
  }

  /** A container nobody knows the name of. */
  Inventory.Entry nameless(ContainerRef ref) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("container.id", ref.id());
    labels.put("container.runtime", ref.runtime());
    if (ref.podUid() != null) {
      labels.put("pod.uid", ref.podUid());
    }
    String id = names.of(ref.id(), List.of(ref.shortName()));
    return new Inventory.Entry(id, ref.shortName(), service, Tier.UNSPECIFIED, labels);
  }

  /** A container as its manager describes it. */
  Inventory.Entry named(Described its) {
    String id = names.of(its.id(), its.names());
    return new Inventory.Entry(id, its.name(), its.service(), its.tier(), its.labels());
  }

  /** A sample of it without figures yet. Setting lists spares the builder to copy its defaults. */
  Sample.Builder sample(Inventory.Entry entry, StateSample state) {
    return Sample.newBuilder()
        .setResourceId(entry.id())
        .setKind(ResourceKind.CONTAINER)
        .setService(entry.service())
        .setTier(entry.tier())
        .setAt(at)
        .setState(state)
        .setDisks(List.of())
        .setInterfaces(List.of())
        .setFilesystems(List.of())
        .setNuma(List.of())
        .setHugePages(List.of());
  }

  void add(Inventory.Entry entry, Sample.Builder sample) {
    reported.add(entry);
    reading.add(sample);
  }

  /** All it reported on, in the order of ids. */
  List<Inventory.Entry> reported() {
    reported.sort(Comparator.comparing(Inventory.Entry::id));
    return reported;
  }

  Reading reading(Troubles troubles) {
    troubles.all().forEach(reading::add);
    return reading.build();
  }
}
