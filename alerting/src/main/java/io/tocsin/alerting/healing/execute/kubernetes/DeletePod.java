package io.tocsin.alerting.healing.execute.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import java.util.Map;
import java.util.Optional;

/** Deletes a pod whose controller makes another in its place. */
final class DeletePod implements Remedy {

  private static final long LOOK_EVERY_MS = 250;

  @Override
  public TargetState look(Cluster cluster, KubeObject target) throws LeftAloneException {
    Pod pod = cluster.pod(target);
    PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    int restarts =
        status.getContainerStatuses().stream()
            .mapToInt(each -> each.getRestartCount() == null ? 0 : each.getRestartCount())
            .sum();
    long ready =
        status.getContainerStatuses().stream()
            .filter(each -> Boolean.TRUE.equals(each.getReady()))
            .count();
    return new TargetState(
        "phase %s, %d of %d containers ready, %d restarts, %s"
            .formatted(
                status.getPhase(),
                ready,
                status.getContainerStatuses().size(),
                restarts,
                controller(pod)
                    .map(owner -> "belongs to " + owner.getKind() + " " + owner.getName())
                    .orElse("belongs to no controller")),
        Map.of(),
        pod.getMetadata().getDeletionTimestamp() == null
            ? Optional.empty()
            : Optional.of("it is being deleted already"));
  }

  @Override
  public String execute(Cluster cluster, KubeObject target, Order order)
      throws LeftAloneException, InterruptedException {
    Pod pod = cluster.pod(target);
    OwnerReference owner =
        controller(pod)
            .orElseThrow(
                () ->
                    new LeftAloneException(
                        "it belongs to no controller: nothing would bring it back"));
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      throw new LeftAloneException("it is being deleted already");
    }
    String uid = pod.getMetadata().getUid();
    cluster.delete(target, uid);
    while (cluster
        .findPod(target)
        .filter(now -> uid.equals(now.getMetadata().getUid()))
        .isPresent()) {
      Thread.sleep(LOOK_EVERY_MS);
    }
    return "is gone; %s %s makes another".formatted(owner.getKind(), owner.getName());
  }

  private static Optional<OwnerReference> controller(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        // A node's own pods come from its disk; their mirror here can be deleted to no effect.
        .filter(owner -> !"Node".equals(owner.getKind()))
        .findFirst();
  }
}
