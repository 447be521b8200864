package io.tocsin.collectors.agent;

import io.tocsin.collectors.health.HealthCheck;
import io.tocsin.collectors.host.HostConfig;
import io.tocsin.schemas.Tier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an agent watches.
 *
 * @param agentId name of this agent in every record's origin; the host's name if null
 * @param host the machine it runs on; {@link HostConfig#DEFAULT} if null
 * @param checks health checks; none if null
 */
public record AgentConfig(String agentId, HostConfig host, List<HealthCheck> checks) {

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if two checks share an id, or two checks disagree on the tier
   *     of a service
   */
  public AgentConfig {
    host = host == null ? HostConfig.DEFAULT : host;
    checks = checks == null ? List.of() : List.copyOf(checks);
    Set<String> ids = new HashSet<>();
    Map<String, Tier> tiers = new HashMap<>();
    for (HealthCheck check : checks) {
      if (!ids.add(check.id())) {
        throw new IllegalArgumentException(
            "two health checks have the id '" + check.id() + "': give each its own");
      }
      Tier tier = check.service() == null ? null : tiers.put(check.service(), check.tier());
      if (tier != null && tier != check.tier()) {
        throw new IllegalArgumentException(
            "service '%s' is %s in one health check and %s in '%s': make them agree"
                .formatted(check.service(), tier, check.tier(), check.id()));
      }
    }
  }
}
