package io.tocsin.collectors.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An entry of Docker's list of containers.
 *
 * @param id 64 hexadecimal digits
 * @param name without Docker's leading slash; the beginning of the id where it has none
 * @param image what it was made from
 * @param state one word such as {@code running}
 * @param status a sentence such as {@code Up 2 hours (healthy)}
 * @param labels its labels
 */
record DockerEntry(
    String id, String name, String image, String state, String status, JsonNode labels) {

  // What stands in a path of the next question must be nothing but digits.
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  private static final int SHORT = 12;
  private static final int LONGEST = 253;

  /** Empty if it has no id. */
  static Optional<DockerEntry> of(JsonNode item) {
    String id = item.path("Id").asText("");
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new DockerEntry(
            id,
            name(item.path("Names"), id),
            Words.clean(item.path("Image").asText(""), LONGEST),
            Words.clean(item.path("State").asText(""), 32),
            Words.clean(item.path("Status").asText(""), LONGEST),
            item.path("Labels")));
  }

  /** Links give a container further names, with a slash inside. */
  private static String name(JsonNode names, String id) {
    for (JsonNode candidate : names) {
      String name = candidate.asText("").replaceFirst("^/", "");
      if (!name.isBlank() && name.indexOf('/') < 0) {
        return Words.clean(name, LONGEST);
      }
    }
    return id.substring(0, SHORT);
  }

  /** Whether its status may be the same text though it has been started again. */
  boolean mayBeAnother() {
    return status.contains("econd");
  }

  Described describe(DockerState its, LabelRules rules) {
    Map<String, String> resourceLabels = new LinkedHashMap<>();
    resourceLabels.put("container.id", id);
    resourceLabels.put("container.runtime", "docker");
    if (!image.isEmpty()) {
      resourceLabels.put("image", image);
    }
    rules.take(labels, resourceLabels);
    return new Described(
        id,
        name,
        List.of(name),
        rules.service(labels),
        LabelRules.tier(labels),
        resourceLabels,
        its.condition(LabelRules.serves(labels)));
  }
}
