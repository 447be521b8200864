package io.tocsin.server.security;

import io.tocsin.schemas.Violation;
import java.time.Instant;

/**
 * Something that was done against a policy; texts have to be shown as text.
 *
 * @param decision {@code DENY} or {@code AUDIT}
 * @param policy null where no rule decided, as are its version and {@code rule}
 */
public record ViolationView(
    String id,
    String event,
    Instant at,
    String decision,
    String severity,
    String action,
    String source,
    String resource,
    String kind,
    String service,
    String container,
    String image,
    String policy,
    Integer policyVersion,
    String rule,
    String reason) {

  static ViolationView of(Violation violation) {
    return new ViolationView(
        violation.getId(),
        violation.getEventId(),
        violation.getAt(),
        violation.getEffect().name(),
        violation.getSeverity().name(),
        violation.getAction(),
        violation.getSource().name(),
        violation.getResourceId(),
        violation.getKind().name(),
        violation.getService(),
        violation.getContainer(),
        violation.getImage(),
        violation.getPolicy(),
        violation.getPolicyVersion(),
        violation.getRule(),
        violation.getReason());
  }
}
