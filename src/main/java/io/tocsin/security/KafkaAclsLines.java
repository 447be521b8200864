package io.tocsin.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * Grants as lines for Kafka's own {@code kafka-acls.sh}, for those who let nobody else near their
 * brokers.
 */
public final class KafkaAclsLines {

  private KafkaAclsLines() {}

  /** A line for each principal and resource. Names have no quotes in them; see Principals. */
  public static List<String> of(Grants grants, String bootstrapServers) {
    return grants.rights().entrySet().stream()
        .flatMap(
            entry ->
                byResource(entry.getValue()).entrySet().stream()
                    .map(
                        operations ->
                            line(
                                bootstrapServers,
                                entry.getKey(),
                                operations.getKey(),
                                operations.getValue())))
        .toList();
  }

  private static Map<ResourcePattern, List<Right>> byResource(Set<Right> rights) {
    return rights.stream()
        .collect(Collectors.groupingBy(Right::resource, LinkedHashMap::new, Collectors.toList()));
  }

  private static String line(
      String servers, String principal, ResourcePattern resource, List<Right> rights) {
    StringBuilder line =
        new StringBuilder("kafka-acls.sh --bootstrap-server '")
            .append(servers.replace("'", ""))
            .append("' --command-config admin.properties --add --allow-principal '")
            .append(principal)
            .append('\'');
    rights.forEach(right -> line.append(" --operation ").append(right.operationName()));
    switch (resource.resourceType()) {
      case CLUSTER -> line.append(" --cluster");
      case GROUP -> line.append(" --group ").append(resource.name());
      case TRANSACTIONAL_ID -> line.append(" --transactional-id ").append(resource.name());
      default -> line.append(" --topic ").append(resource.name());
    }
    if (resource.patternType() == PatternType.PREFIXED) {
      line.append(" --resource-pattern-type prefixed");
    }
    return line.toString();
  }
}
