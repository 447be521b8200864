package io.tocsin.streams.bottleneck;

import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import io.tocsin.streams.window.Subject;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Remembers what {@link ThresholdRules} said of a resource: they are asked for each interval. Equal
 * thresholds are kept once. A full cache begins anew, which costs each resource one resolution; one
 * that throws out the oldest would, of a fleet larger than itself, throw out each resource just
 * before it comes again. Not thread-safe.
 */
final class ThresholdCache {

  static final int CAPACITY = 200_000;

  private record Known(Subject subject, Thresholds thresholds) {

    /** A resource may come to belong to another service. */
    boolean isOf(Subject other) {
      return subject.kind() == other.kind() && Objects.equals(subject.service(), other.service());
    }
  }

  private final ThresholdRules rules;
  private final Thresholds uniform;
  private final int capacity;
  private final Map<String, Known> byResource = new HashMap<>();
  private final Map<Thresholds, Thresholds> distinct = new HashMap<>();

  ThresholdCache(ThresholdRules rules, int capacity) {
    this.rules = rules;
    this.capacity = capacity;
    this.uniform =
        rules.areUniform()
            ? rules.of(new Subject("", ResourceKind.UNSPECIFIED, null, Tier.UNSPECIFIED))
            : null;
  }

  Thresholds of(Subject subject) {
    if (uniform != null) {
      return uniform;
    }
    Known known = byResource.get(subject.resourceId());
    if (known == null || !known.isOf(subject)) {
      if (byResource.size() >= capacity) {
        byResource.clear();
        distinct.clear();
      }
      Thresholds thresholds = rules.of(subject);
      Thresholds same = distinct.putIfAbsent(thresholds, thresholds);
      known = new Known(subject, same == null ? thresholds : same);
      byResource.put(subject.resourceId(), known);
    }
    return known.thresholds();
  }

  int size() {
    return byResource.size();
  }
}
