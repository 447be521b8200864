package io.tocsin.alerting.healing.execute.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import java.util.Map;
import java.util.Optional;

/**
 * One operation. Its methods may hang; their thread is interrupted when the time is over.
 *
 * <p>All throw {@link KubernetesClientException} where the cluster is away or refuses.
 */
interface Remedy {

  /** How the target stands. */
  TargetState look(Cluster cluster, KubeObject target)
      throws LeftAloneException, InterruptedException;

  /**
   * Does it and waits until it is over.
   *
   * @return what came of it, in words
   */
  String execute(Cluster cluster, KubeObject target, Order order)
      throws LeftAloneException, InterruptedException;

  /**
   * Puts it back.
   *
   * @param facts what was seen before
   * @return what came of it in words; empty if it cannot be put back
   */
  default Optional<String> compensate(
      Cluster cluster, KubeObject target, Order order, Map<String, String> facts)
      throws LeftAloneException, InterruptedException {
    return Optional.empty();
  }

  /** Whether {@link #compensate} does anything. */
  default boolean isReversible() {
    return false;
  }
}
