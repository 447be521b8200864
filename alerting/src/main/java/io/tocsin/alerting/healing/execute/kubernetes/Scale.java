package io.tocsin.alerting.healing.execute.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Another number of replicas, within bounds. */
final class Scale implements Remedy {

  private final KubernetesSpec.Replicas replicas;

  Scale(KubernetesSpec.Replicas replicas) {
    this.replicas = replicas;
  }

  @Override
  public TargetState look(Cluster cluster, KubeObject target) throws LeftAloneException {
    Workload now = cluster.workload(target);
    String words = now.words();
    Optional<String> owner = Optional.empty();
    if (now.meta().getDeletionTimestamp() != null) {
      owner = Optional.of("it is being deleted");
    } else {
      try {
        owner =
            cluster
                .autoscaler(target)
                .map(name -> "HorizontalPodAutoscaler " + name + " sets its size");
      } catch (KubernetesClientException unseen) {
        words += "; whether an autoscaler sets its size cannot be seen: " + unseen.getCode();
      }
    }
    return new TargetState(words, Map.of("replicas", Integer.toString(now.replicas())), owner);
  }

  @Override
  public String execute(Cluster cluster, KubeObject target, Order order)
      throws LeftAloneException, InterruptedException {
    Workload before = cluster.workload(target);
    Owners.refuseIfGoing(before);
    // A plan that is carried out again waits for what it has begun, and adds nothing.
    if (!order.planId().equals(before.annotation(Cluster.PLAN))) {
      int wanted = replicas.after(before.replicas());
      if (wanted == before.replicas()) {
        throw new LeftAloneException(
            "has %d replicas already, and the bounds are %d to %d"
                .formatted(before.replicas(), replicas.least(), replicas.most()));
      }
      set(cluster, target, before, wanted, order.planId());
    }
    Workload now = Rollout.await(cluster, target, Workload::isSized);
    return now.words() + ", " + before.replicas() + " were wanted before";
  }

  private static void set(
      Cluster cluster, KubeObject target, Workload seen, int wanted, String planId) {
    Map<String, String> plan = new HashMap<>();
    plan.put(Cluster.PLAN, planId); // null takes it away
    cluster.merge(
        target,
        Map.of(
            "metadata",
            Map.of("resourceVersion", seen.meta().getResourceVersion(), "annotations", plan),
            "spec",
            Map.of("replicas", wanted)));
  }

  @Override
  public Optional<String> compensate(
      Cluster cluster, KubeObject target, Order order, Map<String, String> facts)
      throws LeftAloneException, InterruptedException {
    int before = Integer.parseInt(Facts.of(facts, "replicas"));
    Workload now = cluster.workload(target);
    if (now.replicas() == before) {
      return Optional.of("has " + before + " replicas, as before");
    }
    if (!order.planId().equals(now.annotation(Cluster.PLAN))
        || now.replicas() != replicas.after(before)) {
      throw new LeftAloneException(
          now.words() + ": changed by somebody else since, so left as it is");
    }
    set(cluster, target, now, before, null);
    return Optional.of("set back to " + before + " replicas from " + now.replicas());
  }

  @Override
  public boolean isReversible() {
    return true;
  }
}
