package io.tocsin.streams.policy;

import io.tocsin.schemas.SecurityEvent;
import java.util.Set;

/**
 * Which security events policies judge: what somebody does to a container or an image.
 *
 * <p>The source has to be DOCKER or KUBERNETES: a scanner's finding is no action, and a sensor's
 * alert is a verdict already. Of those, what follows by itself is left out: a container that ends
 * ({@code die}, {@code die-failed}, {@code oom}), its health check ({@code exec-health-check},
 * {@code health-status}, {@code health-status-unhealthy}), and {@code exec-create}, after which
 * {@code exec} tells of the same command when it starts. Everything else is judged, an action that
 * this list has never heard of as well.
 */
final class Actions {

  private static final Set<String> CONSEQUENCES =
      Set.of(
          "die",
          "die-failed",
          "oom",
          "exec-create",
          "exec-health-check",
          "health-status",
          "health-status-unhealthy");

  private Actions() {}

  static boolean isJudged(SecurityEvent event) {
    return switch (event.getSource()) {
      case DOCKER, KUBERNETES -> !CONSEQUENCES.contains(event.getAction());
      case TRIVY, FALCO, POLICY, UNSPECIFIED -> false;
    };
  }
}
