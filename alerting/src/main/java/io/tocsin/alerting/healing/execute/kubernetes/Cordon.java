package io.tocsin.alerting.healing.execute.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Lets no new pods onto a node; those that are there stay. */
final class Cordon implements Remedy {

  @Override
  public TargetState look(Cluster cluster, KubeObject target) throws LeftAloneException {
    Node node = cluster.node(target);
    boolean cordoned = isCordoned(node);
    return new TargetState(
        "%s, %s; %d other nodes take pods"
            .formatted(
                cordoned ? "cordoned" : "takes pods",
                isReady(node) ? "ready" : "not ready",
                others(cluster, target)),
        Map.of("cordoned", Boolean.toString(cordoned)),
        node.getMetadata().getDeletionTimestamp() != null
            ? Optional.of("it is being deleted")
            : cordoned ? Optional.of("it is cordoned: somebody has taken it") : Optional.empty());
  }

  @Override
  public String execute(Cluster cluster, KubeObject target, Order order) throws LeftAloneException {
    Node node = cluster.node(target);
    if (isCordoned(node)) {
      return "was cordoned before";
    }
    long others = others(cluster, target);
    if (others == 0) {
      throw new LeftAloneException("no other node takes pods");
    }
    set(cluster, target, node, true, order.planId());
    if (!isCordoned(cluster.node(target))) {
      throw new LeftAloneException("it takes pods again: somebody else has uncordoned it");
    }
    return "is cordoned; " + others + " other nodes take pods";
  }

  @Override
  public Optional<String> compensate(
      Cluster cluster, KubeObject target, Order order, Map<String, String> facts)
      throws LeftAloneException {
    boolean before = Boolean.parseBoolean(Facts.of(facts, "cordoned"));
    Node node = cluster.node(target);
    if (isCordoned(node) == before) {
      return Optional.of(before ? "is cordoned, as before" : "takes pods, as before");
    }
    Map<String, String> annotations = node.getMetadata().getAnnotations();
    if (before || annotations == null || !order.planId().equals(annotations.get(Cluster.PLAN))) {
      throw new LeftAloneException("changed by somebody else since, so left as it is");
    }
    set(cluster, target, node, false, null);
    return Optional.of("takes pods again");
  }

  @Override
  public boolean isReversible() {
    return true;
  }

  private static void set(
      Cluster cluster, KubeObject target, Node seen, boolean cordoned, String planId) {
    Map<String, String> plan = new HashMap<>();
    plan.put(Cluster.PLAN, planId); // null takes it away
    cluster.merge(
        target,
        Map.of(
            "metadata",
            Map.of("resourceVersion", seen.getMetadata().getResourceVersion(), "annotations", plan),
            "spec",
            Map.of("unschedulable", cordoned)));
  }

  private static long others(Cluster cluster, KubeObject target) {
    return cluster.nodes().stream()
        .filter(each -> !each.getMetadata().getName().equals(target.name()))
        .filter(each -> !isCordoned(each) && isReady(each))
        .count();
  }

  private static boolean isCordoned(Node node) {
    return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
  }

  private static boolean isReady(Node node) {
    return node.getStatus() != null
        && node.getStatus().getConditions().stream()
            .anyMatch(each -> "Ready".equals(each.getType()) && "True".equals(each.getStatus()));
  }
}
