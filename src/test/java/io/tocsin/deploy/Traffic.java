package io.tocsin.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What network policies let through, by the rules of the Kubernetes API: a pod that no policy picks
 * may do anything, one that some pick what any of them lets it.
 */
final class Traffic {

  private final List<Manifest> policies;

  Traffic(List<Manifest> all) {
    this.policies = all.stream().filter(each -> each.kind().equals("NetworkPolicy")).toList();
  }

  /**
   * One end of a connection.
   *
   * @param namespace of a pod; empty for an address alone
   * @param labels of a pod
   * @param address IPv4; empty for a pod
   */
  record End(String namespace, JsonNode labels, String address) {

    static End of(Workload pods) {
      return new End(pods.of().namespace(), pods.labels(), "");
    }

    static End pod(String namespace, Map<String, String> labels) {
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      labels.forEach(all::put);
      return new End(namespace, all, "");
    }

    static End address(String address) {
      return new End("", JsonNodeFactory.instance.objectNode(), address);
    }

    private boolean matches(JsonNode selector) {
      return has(selector, labels);
    }
  }

  /** Whether pods may open a connection. */
  boolean leaves(End from, End to, int port) {
    return passes("Egress", "egress", "to", from, to, port);
  }

  /** Whether pods may be reached. */
  boolean enters(End from, End to, int port) {
    return passes("Ingress", "ingress", "from", to, from, port);
  }

  private boolean passes(String type, String rules, String ends, End pod, End other, int port) {
    List<JsonNode> picking =
        policies.stream()
            .filter(each -> each.namespace().equals(pod.namespace()))
            .map(each -> each.json().path("spec"))
            .filter(spec -> pod.matches(spec.path("podSelector")))
            .filter(spec -> Yaml.texts(spec.path("policyTypes")).contains(type))
            .toList();
    return picking.isEmpty()
        || picking.stream()
            .flatMap(spec -> Yaml.each(spec.path(rules)))
            .anyMatch(rule -> ofPort(rule, port) && ofEnd(rule.path(ends), pod, other));
  }

  private static boolean ofPort(JsonNode rule, int port) {
    return !rule.has("ports")
        || Yaml.each(rule.path("ports"))
            .anyMatch(
                each ->
                    each.path("port").asInt() == port
                        && !each.path("protocol").asText().equals("UDP"));
  }

  private static boolean ofEnd(JsonNode peers, End pod, End other) {
    return peers.isMissingNode() || Yaml.each(peers).anyMatch(peer -> isPeer(peer, pod, other));
  }

  private static boolean isPeer(JsonNode peer, End pod, End other) {
    if (peer.has("ipBlock")) {
      JsonNode block = peer.path("ipBlock");
      return !other.address().isEmpty()
          && within(block.path("cidr").asText(), other.address())
          && Yaml.texts(block.path("except")).stream()
              .noneMatch(except -> within(except, other.address()));
    }
    if (!other.address().isEmpty()) {
      return false;
    }
    JsonNode ofNamespace = peer.path("namespaceSelector");
    boolean here =
        ofNamespace.isMissingNode()
            ? other.namespace().equals(pod.namespace())
            : has(
                ofNamespace,
                JsonNodeFactory.instance
                    .objectNode()
                    .put("kubernetes.io/metadata.name", other.namespace()));
    return here && (!peer.has("podSelector") || other.matches(peer.path("podSelector")));
  }

  private static boolean has(JsonNode selector, JsonNode labels) {
    return selector.path("matchLabels").properties().stream()
        .allMatch(wanted -> wanted.getValue().equals(labels.path(wanted.getKey())));
  }

  private static boolean within(String block, String address) {
    String[] parts = block.split("/");
    int bits = Integer.parseInt(parts[1]);
    return bits == 0 || (number(parts[0]) ^ number(address)) >>> (32 - bits) == 0;
  }

  private static long number(String address) {
    long number = 0;
    for (String part : address.split("\\.")) {
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }
}
