package io.tocsin.alerting.healing.execute.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.util.Map;

/**
 * What a Deployment and a StatefulSet have in common.
 *
 * @param meta of the object
 * @param template its pods are made from
 * @param replicas wanted
 * @param observed newest generation that the controller has seen
 * @param total pods there are, old and new
 * @param updated pods of the newest template
 * @param ready pods that serve; of a Deployment for as long as it asks for
 * @param stopped why its controller will not roll it out now; empty if it will
 * @param failed what the controller has given up on; empty if it has not
 */
record Workload(
    ObjectMeta meta,
    PodTemplateSpec template,
    int replicas,
    long observed,
    int total,
    int updated,
    int ready,
    String stopped,
    String failed) {

  static Workload of(Deployment from) {
    DeploymentStatus status = from.getStatus() == null ? new DeploymentStatus() : from.getStatus();
    boolean failed =
        status.getConditions().stream()
            .anyMatch(
                each ->
                    "Progressing".equals(each.getType())
                        && "ProgressDeadlineExceeded".equals(each.getReason()));
    return new Workload(
        from.getMetadata(),
        from.getSpec().getTemplate(),
        orOne(from.getSpec().getReplicas()),
        status.getObservedGeneration() == null ? 0 : status.getObservedGeneration(),
        orZero(status.getReplicas()),
        orZero(status.getUpdatedReplicas()),
        orZero(status.getAvailableReplicas()),
        Boolean.TRUE.equals(from.getSpec().getPaused()) ? "its rollout is paused" : "",
        failed ? "its progress deadline is exceeded" : "");
  }

  static Workload of(StatefulSet from) {
    StatefulSetStatus status =
        from.getStatus() == null ? new StatefulSetStatus() : from.getStatus();
    boolean onDelete =
        from.getSpec().getUpdateStrategy() != null
            && "OnDelete".equals(from.getSpec().getUpdateStrategy().getType());
    // When all are updated the two revisions are one again, and the controller counts none.
    boolean isDone =
        status.getUpdateRevision() != null
            && status.getUpdateRevision().equals(status.getCurrentRevision());
    return new Workload(
        from.getMetadata(),
        from.getSpec().getTemplate(),
        orOne(from.getSpec().getReplicas()),
        status.getObservedGeneration() == null ? 0 : status.getObservedGeneration(),
        orZero(status.getReplicas()),
        isDone ? orZero(status.getReplicas()) : orZero(status.getUpdatedReplicas()),
        orZero(status.getReadyReplicas()),
        onDelete ? "its update strategy is OnDelete" : "",
        "");
  }

  /** Whether the controller has seen the newest change. */
  boolean isSeen() {
    return observed >= meta.getGeneration();
  }

  /** Whether all pods are new and serve (the rule of {@code kubectl rollout status}). */
  boolean isRolledOut() {
    return isSeen() && updated >= replicas && total <= updated && ready >= updated;
  }

  /** Whether it has as many pods as it should, and all serve. */
  boolean isSized() {
    return isSeen() && total == replicas && ready >= replicas;
  }

  /** An annotation of the object itself; null if there is none. */
  String annotation(String name) {
    Map<String, String> all = meta.getAnnotations();
    return all == null ? null : all.get(name);
  }

  /** An annotation of the pods' template; null if there is none. */
  String templateAnnotation(String name) {
    ObjectMeta of = template.getMetadata();
    return of == null || of.getAnnotations() == null ? null : of.getAnnotations().get(name);
  }

  /** For people. */
  String words() {
    return "%d replicas wanted, %d there, %d updated, %d ready, generation %d (%d seen)%s%s"
        .formatted(
            replicas,
            total,
            updated,
            ready,
            meta.getGeneration(),
            observed,
            stopped.isEmpty() ? "" : ", " + stopped,
            failed.isEmpty() ? "" : ", " + failed);
  }

  private static int orOne(Integer replicas) {
    return replicas == null ? 1 : replicas; // what the API server would have filled in
  }

  private static int orZero(Integer count) {
    return count == null ? 0 : count;
  }
}
