package io.tocsin.alerting.healing.execute.kubernetes;

import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Replaces all pods of a workload as {@code kubectl rollout restart} does: by an annotation. */
final class RolloutRestart implements Remedy {

  private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

  private final Clock clock;

  RolloutRestart(Clock clock) {
    this.clock = clock;
  }

  @Override
  public TargetState look(Cluster cluster, KubeObject target) throws LeftAloneException {
    Workload now = cluster.workload(target);
    Optional<String> owner = Owners.of(now);
    if (owner.isEmpty() && (!now.isSeen() || now.updated() < now.replicas())) {
      owner = Optional.of("a rollout is under way, which replaces its pods itself");
    }
    return new TargetState(now.words(), Map.of(), owner);
  }

  @Override
  public String execute(Cluster cluster, KubeObject target, Order order)
      throws LeftAloneException, InterruptedException {
    Workload before = cluster.workload(target);
    Owners.refuseIfGoing(before);
    if (!before.stopped().isEmpty()) {
      throw new LeftAloneException(before.stopped() + ", so nothing would be restarted");
    }
    // A plan that is carried out again waits for what it has begun.
    if (!order.planId().equals(before.templateAnnotation(Cluster.PLAN))) {
      String at = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
      cluster.merge(
          target,
          Map.of(
              "spec",
              Map.of(
                  "template",
                  Map.of(
                      "metadata",
                      Map.of(
                          "annotations",
                          Map.of(RESTARTED_AT, at, Cluster.PLAN, order.planId()))))));
    }
    return Rollout.await(cluster, target, Workload::isRolledOut).words();
  }
}
