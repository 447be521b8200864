package io.tocsin.collectors.policy;

import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.MeasurementType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums up what one pass holds of series over the limit: one measurement for each resource and name,
 * labelled {@code __overflow__="true"}. Only increases can be added up across series, so only DELTA
 * is folded; a sum of gauges or of counters with different beginnings would mean nothing.
 */
final class Overflow {

  static final Map<String, String> LABELS = Map.of("__overflow__", "true");

  private record Key(String resourceId, String name, String unit) {}

  private final Map<Key, Measurement.Builder> folded = new LinkedHashMap<>();

  static boolean folds(Measurement.Builder measurement) {
    return measurement.getType() == MeasurementType.DELTA && measurement.getValue() != null;
  }

  void fold(Measurement.Builder measurement) {
    Key key = new Key(measurement.getResourceId(), measurement.getName(), measurement.getUnit());
    Measurement.Builder sum = folded.get(key);
    if (sum == null) {
      folded.put(key, measurement.setLabels(LABELS));
      return;
    }
    sum.setValue(sum.getValue() + measurement.getValue());
    if (measurement.getAt().isAfter(sum.getAt())) {
      sum.setAt(measurement.getAt()).setClaimedAt(measurement.getClaimedAt());
    }
  }

  List<Measurement.Builder> sums() {
    return List.copyOf(folded.values());
  }
}
