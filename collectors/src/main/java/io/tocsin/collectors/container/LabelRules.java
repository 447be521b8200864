package io.tocsin.collectors.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.schemas.Tier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What becomes of labels that containers and pods carry. Anybody who may start a container chooses
 * them, so only those that the configuration names are taken over.
 */
final class LabelRules {

  private static final String SERVICE = "tocsin.service";
  private static final String TIER = "tocsin.tier";
  private static final String COMPOSE_PROJECT = "com.docker.compose.project";
  private static final String COMPOSE_SERVICE = "com.docker.compose.service";
  private static final int LONGEST_VALUE = 1024;
  private static final int LONGEST_NAME = 128;

  private final List<String> taken;
  private final String service;

  /**
   * Rules of a configuration.
   *
   * @param allowed labels to take over
   * @param service of containers that name none; may be null
   */
  LabelRules(List<String> allowed, String service) {
    this.taken =
        Stream.concat(Stream.of(COMPOSE_PROJECT, COMPOSE_SERVICE), allowed.stream())
            .distinct()
            .toList();
    this.service = service;
  }

  /** Puts what is taken over into {@code to}. */
  void take(JsonNode labels, Map<String, String> to) {
    for (String name : taken) {
      if (labels.path(name).isTextual()) {
        to.put("label." + name, Words.clean(labels.path(name).textValue(), LONGEST_VALUE));
      }
    }
  }

  /**
   * The service a container belongs to: by its own label, Compose's, Kubernetes', or configured.
   */
  String service(JsonNode labels) {
    for (String name : List.of(SERVICE, COMPOSE_SERVICE, "app.kubernetes.io/name")) {
      String value = labels.path(name).asText("");
      if (!value.isBlank()) {
        return Words.clean(value.strip(), LONGEST_NAME);
      }
    }
    return service;
  }

  /** Whether somebody said that this container serves something. */
  static boolean serves(JsonNode labels) {
    return !labels.path(SERVICE).asText("").isBlank();
  }

  static Tier tier(JsonNode labels) {
    String value = labels.path(TIER).asText("").strip().toUpperCase(Locale.ROOT);
    return switch (value.replace('-', '_')) {
      case "CORE" -> Tier.CORE;
      case "NON_CORE" -> Tier.NON_CORE;
      default -> Tier.UNSPECIFIED;
    };
  }
}
