package io.tocsin.security;

import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/**
 * One thing that somebody may do. Reading and writing let one describe the same, which is Kafka's
 * rule, so describing is named only where it is all.
 *
 * @param resource what it is done to
 * @param operation what may be done
 */
public record Right(ResourcePattern resource, AclOperation operation) {

  /** From any machine: where a principal may come from is for the network to say. */
  private static final String ANY_HOST = "*";

  static Right literal(ResourceType type, String name, AclOperation operation) {
    return new Right(new ResourcePattern(type, name, PatternType.LITERAL), operation);
  }

  static Right prefixed(ResourceType type, String prefix, AclOperation operation) {
    return new Right(new ResourcePattern(type, prefix, PatternType.PREFIXED), operation);
  }

  static Right cluster(AclOperation operation) {
    return literal(ResourceType.CLUSTER, Resource.CLUSTER_NAME, operation);
  }

  /** As a broker keeps it, for somebody. */
  AclBinding of(String principal) {
    return new AclBinding(
        resource, new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW));
  }

  /** Kind of the resource as people write it, such as {@code transactional-id}. */
  public String kind() {
    return resource.resourceType().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Name of the resource as people read it: a prefix ends with a star. */
  public String shownName() {
    return resource.patternType() == PatternType.PREFIXED ? resource.name() + "*" : resource.name();
  }

  /** The operation in Kafka's own spelling, such as {@code DescribeConfigs}. */
  public String operationName() {
    return SecurityUtils.operationName(operation);
  }
}
