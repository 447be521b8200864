package io.tocsin.collectors.app.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Attributes as labels. */
final class Attributes {

  /** Attributes of a resource that tell one instance of a service from another. */
  private static final List<String> IDENTIFYING =
      List.of("service.instance.id", "service.namespace", "host.name", "k8s.pod.name");

  private static final int DEEPEST = 4;

  private Attributes() {}

  /** The value of one attribute as text; null if it is not there or empty. */
  static String text(List<KeyValue> attributes, String key) {
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals(key)) {
        String text = text(attribute.getValue(), 0);
        return text.isEmpty() ? null : text;
      }
    }
    return null;
  }

  /** What all series of a resource's scope have in common. */
  static Map<String, String> common(List<KeyValue> ofResource, String scope) {
    Map<String, String> common = new HashMap<>();
    for (String key : IDENTIFYING) {
      String text = text(ofResource, key);
      if (text != null) {
        common.put(key, text);
      }
    }
    if (!scope.isEmpty()) {
      common.put("otel.scope.name", scope);
    }
    return Map.copyOf(common);
  }

  /** All labels of a point; its own attributes win. */
  static Map<String, String> labels(Map<String, String> common, List<KeyValue> ofPoint) {
    if (ofPoint.isEmpty()) {
      return common;
    }
    Map<String, String> labels = new HashMap<>(common);
    for (KeyValue attribute : ofPoint) {
      String text = text(attribute.getValue(), 0);
      if (!attribute.getKey().isEmpty() && !text.isEmpty()) {
        labels.put(attribute.getKey(), text);
      }
    }
    return Map.copyOf(labels);
  }

  private static String text(AnyValue value, int depth) {
    if (depth == DEEPEST) {
      return "...";
    }
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> String.valueOf(value.getBoolValue());
      case INT_VALUE -> String.valueOf(value.getIntValue());
      case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .map(element -> text(element, depth + 1))
              .collect(Collectors.joining(",", "[", "]"));
      case KVLIST_VALUE ->
          value.getKvlistValue().getValuesList().stream()
              .map(entry -> entry.getKey() + "=" + text(entry.getValue(), depth + 1))
              .collect(Collectors.joining(",", "{", "}"));
      case BYTES_VALUE -> Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
      default -> "";
    };
  }
}
