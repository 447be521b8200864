package io.tocsin.alerting.replay.test;

import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A resource of a test's inventory.
 *
 * @param id such as {@code host/a}
 * @param kind by default what stands before the slash of the id
 * @param service null if none
 * @param tier UNSPECIFIED if nothing is said
 * @param interval how often it is expected to report; zero where nothing is expected
 * @param parent the resource it runs on; null if none
 * @param dependsOn names of services
 * @param labels text
 */
public record TestResource(
    String id,
    ResourceKind kind,
    String service,
    Tier tier,
    Duration interval,
    String parent,
    List<String> dependsOn,
    Map<String, String> labels) {

  /** Copies what it is given. */
  public TestResource {
    dependsOn = List.copyOf(dependsOn);
    labels = Map.copyOf(labels);
  }

  /** One of which nothing but its id is known. */
  public static TestResource of(String id) {
    return new TestResource(
        id, kind(id), null, Tier.UNSPECIFIED, Duration.ZERO, null, List.of(), Map.of());
  }

  /** As the inventory has it. */
  public Resource asResource(Instant at) {
    return Resource.newBuilder()
        .setId(id)
        .setKind(kind)
        .setName(id.substring(id.indexOf('/') + 1))
        .setParent(parent)
        .setService(service)
        .setTier(tier)
        .setDependsOn(dependsOn)
        .setLabels(labels)
        .setIntervalMs(interval.toMillis())
        .setUpdatedAt(at)
        .build();
  }

  static ResourceKind kind(String id) {
    String word = id.substring(0, Math.max(0, id.indexOf('/'))).toUpperCase(Locale.ROOT);
    for (ResourceKind kind : ResourceKind.values()) {
      if (kind.name().equals(word)) {
        return kind;
      }
    }
    return ResourceKind.UNSPECIFIED;
  }
}
