package io.tocsin.alerting.healing.execute.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Docker is told to make another container like one that is there: its image, command,
 * environment, labels, limits, mounts and networks, and nothing that only one can have (host name,
 * addresses, its own names in networks).
 *
 * @param body for creation, connected to the first network
 * @param others networks to be connected to after that, with what for; older daemons take one only
 *     at creation
 */
record ContainerCopy(ObjectNode body, Map<String, ObjectNode> others) {

  /** Label with the plan that a container was made for; only such are ever removed. */
  static final String PLAN = "io.tocsin.plan";

  private static final String NUMBER = "com.docker.compose.container-number";
  private static final int SHORT_ID = 12;

  /** A copy of a container as it was inspected. */
  static ContainerCopy of(JsonNode container, int number, String planId) {
    ObjectNode body = object(container.path("Config"));
    String shortId = shortId(container);
    if (body.path("Hostname").asText().equals(shortId)) {
      body.remove("Hostname");
    }
    body.remove("MacAddress");
    ObjectNode labels = object(body.path("Labels"));
    labels.put(NUMBER, Integer.toString(number)).put(PLAN, planId);
    labels.remove("com.docker.compose.replace");
    body.set("Labels", labels);
    ObjectNode host = object(container.path("HostConfig"));
    host.remove("ContainerIDFile");
    body.set("HostConfig", host);
    return new ContainerCopy(body, networks(container, host.path("NetworkMode").asText(), body));
  }

  private static Map<String, ObjectNode> networks(
      JsonNode container, String mode, ObjectNode body) {
    Map<String, ObjectNode> all = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> network :
        container.path("NetworkSettings").path("Networks").properties()) {
      all.put(network.getKey(), endpoint(container, network.getValue()));
    }
    // These are no networks that one could be connected to by name.
    all.keySet().removeIf(name -> name.equals("host") || name.equals("none"));
    ObjectNode first = all.remove(mode);
    if (first != null && !mode.equals("bridge") && !mode.equals("default")) {
      body.putObject("NetworkingConfig").putObject("EndpointsConfig").set(mode, first);
    }
    if (mode.equals("default")) {
      all.remove("bridge");
    }
    return all;
  }

  private static ObjectNode endpoint(JsonNode container, JsonNode settings) {
    ObjectNode endpoint = JsonNodeFactory.instance.objectNode();
    ArrayNode aliases = endpoint.putArray("Aliases");
    String name = container.path("Name").asText().replaceFirst("^/", "");
    for (JsonNode alias : settings.path("Aliases")) {
      if (!alias.asText().equals(name) && !alias.asText().equals(shortId(container))) {
        aliases.add(alias.asText());
      }
    }
    if (settings.path("Links").isArray()) {
      endpoint.set("Links", settings.path("Links").deepCopy());
    }
    return endpoint;
  }

  private static String shortId(JsonNode container) {
    String id = container.path("Id").asText();
    return id.substring(0, Math.min(SHORT_ID, id.length()));
  }

  private static ObjectNode object(JsonNode node) {
    return node.isObject() ? node.deepCopy() : JsonNodeFactory.instance.objectNode();
  }
}
