package io.tocsin.alerting.healing.execute.kubernetes;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes back to the template of the revision before, as {@code kubectl rollout undo} does: a
 * Deployment keeps each revision as a ReplicaSet, numbered by an annotation.
 */
final class RolloutUndo implements Remedy {

  private static final String REVISION = "deployment.kubernetes.io/revision";
  private static final String HASH = "pod-template-hash";

  @Override
  public TargetState look(Cluster cluster, KubeObject target) throws LeftAloneException {
    Deployment deployment = cluster.deployment(target);
    Workload now = Workload.of(deployment);
    List<ReplicaSet> sets = newestFirst(cluster, deployment);
    String words =
        sets.isEmpty()
            ? "no revision"
            : "revision %d of %d kept".formatted(revision(sets.get(0)), sets.size());
    return new TargetState(
        words + ", " + now.words(),
        sets.isEmpty() ? Map.of() : Map.of("replica-set", sets.get(0).getMetadata().getName()),
        Owners.of(now));
  }

  @Override
  public String execute(Cluster cluster, KubeObject target, Order order)
      throws LeftAloneException, InterruptedException {
    Deployment deployment = cluster.deployment(target);
    Workload now = Workload.of(deployment);
    Owners.refuseIfGoing(now);
    if (!now.stopped().isEmpty()) {
      throw new LeftAloneException(now.stopped() + ", so nothing would be rolled back");
    }
    // To undo the undoing would bring the fault back: a plan does it once.
    if (!order.planId().equals(now.annotation(Cluster.PLAN))) {
      List<ReplicaSet> sets = newestFirst(cluster, deployment);
      if (sets.size() < 2) {
        throw new LeftAloneException("no revision before this one is kept");
      }
      set(cluster, target, deployment, sets.get(1), order.planId());
    }
    return "rolled back: " + Rollout.await(cluster, target, Workload::isRolledOut).words();
  }

  @Override
  public Optional<String> compensate(
      Cluster cluster, KubeObject target, Order order, Map<String, String> facts)
      throws LeftAloneException, InterruptedException {
    String before = Facts.of(facts, "replica-set");
    Deployment deployment = cluster.deployment(target);
    String plan = Workload.of(deployment).annotation(Cluster.PLAN);
    List<ReplicaSet> sets = newestFirst(cluster, deployment);
    if (!order.planId().equals(plan)) {
      if (!sets.isEmpty() && sets.get(0).getMetadata().getName().equals(before)) {
        return Optional.of("has the revision of before");
      }
      throw new LeftAloneException("changed by somebody else since, so left as it is");
    }
    ReplicaSet back =
        sets.stream()
            .filter(each -> each.getMetadata().getName().equals(before))
            .findFirst()
            .orElseThrow(
                () -> new LeftAloneException("the revision of before is not kept any more"));
    set(cluster, target, deployment, back, null);
    // Not until it serves: it may be the revision that never did.
    Rollout.await(cluster, target, Workload::isSeen);
    return Optional.of("set back to the template of " + before);
  }

  @Override
  public boolean isReversible() {
    return true;
  }

  private static void set(
      Cluster cluster, KubeObject target, Deployment seen, ReplicaSet wanted, String planId) {
    PodTemplateSpec template =
        new PodTemplateSpecBuilder(wanted.getSpec().getTemplate())
            .editMetadata()
            .removeFromLabels(HASH)
            .endMetadata()
            .build();
    // Given the version that was seen, the server refuses where somebody was faster.
    String plan = "/metadata/annotations/" + Cluster.PLAN.replace("/", "~1");
    cluster.patch(
        target,
        List.of(
            Map.of(
                "op", "replace",
                "path", "/metadata/resourceVersion",
                "value", seen.getMetadata().getResourceVersion()),
            Map.of("op", "replace", "path", "/spec/template", "value", template),
            // Its controller gives every Deployment an annotation, so there is a table of them.
            planId == null
                ? Map.of("op", "remove", "path", plan)
                : Map.of("op", "add", "path", plan, "value", planId)));
  }

  /** The first is the current one. */
  private static List<ReplicaSet> newestFirst(Cluster cluster, Deployment deployment) {
    return cluster.replicaSets(deployment).stream()
        .filter(each -> revision(each) > 0)
        .sorted(Comparator.comparingLong(RolloutUndo::revision).reversed())
        .toList();
  }

  private static long revision(ReplicaSet set) {
    Map<String, String> annotations = set.getMetadata().getAnnotations();
    String revision = annotations == null ? null : annotations.get(REVISION);
    return revision != null && revision.matches("\\d{1,18}") ? Long.parseLong(revision) : 0;
  }
}
