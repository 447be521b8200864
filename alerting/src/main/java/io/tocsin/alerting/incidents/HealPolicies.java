package io.tocsin.alerting.incidents;

import java.util.Optional;

/** Which actions may be tried on what. */
@FunctionalInterface
public interface HealPolicies {

  /** Nothing may be tried. */
  HealPolicies NONE = (action, resourceId, service) -> Optional.empty();

  /**
   * How an action may be tried on a resource; empty if it may not.
   *
   * @param service the resource's service; null if it has none
   */
  Optional<HealPolicy> forAction(String action, String resourceId, String service);
}
