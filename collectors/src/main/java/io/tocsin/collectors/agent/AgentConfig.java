package io.tocsin.collectors.agent;

import io.tocsin.collectors.policy.PolicyConfig;
import io.tocsin.collectors.spool.SpoolConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an agent does.
 *
 * @param agentId name of this agent in every record's origin, and of the host it reports on itself
 *     under
 * @param collectors what it watches; nothing if null
 * @param spool where it keeps what is not sent yet; in memory only if null
 * @param policies bounds on what it sends; {@link PolicyConfig#DEFAULT} if null
 */
public record AgentConfig(
    String agentId, List<Configured> collectors, SpoolConfig spool, PolicyConfig policies) {

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if there is no id, or two parts share a name
   */
  public AgentConfig {
    if (agentId == null || agentId.isBlank()) {
      throw new IllegalArgumentException("the agent has no id: give it one, such as the host name");
    }
    collectors = collectors == null ? List.of() : List.copyOf(collectors);
    policies = policies == null ? PolicyConfig.DEFAULT : policies;
    requireNames(collectors);
  }

  static void requireNames(List<Configured> collectors) {
    Set<String> names = new HashSet<>();
    for (Configured configured : collectors) {
      if (!names.add(configured.name())) {
        throw new IllegalArgumentException(
            "'%s' is configured twice: give each a name of its own".formatted(configured.name()));
      }
    }
  }
}
