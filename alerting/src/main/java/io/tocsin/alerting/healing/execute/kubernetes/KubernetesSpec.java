package io.tocsin.alerting.healing.execute.kubernetes;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ExecutorContext;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.healing.execute.kubernetes.KubeObject.Kind;
import java.util.Locale;
import java.util.Set;

/**
 * What is done in a Kubernetes cluster. Targets are called as in {@link KubeObject}.
 *
 * @param operation what is done
 * @param kubeconfig path of a kubeconfig file, or {@code in-cluster}, the default: the service
 *     account of the pod that this runs in
 * @param context of the kubeconfig; null for its current one
 * @param replicas for {@code scale}: by how many and within which bounds
 */
public record KubernetesSpec(
    Operation operation, String kubeconfig, String context, Replicas replicas)
    implements ExecutorSpec {

  /** What {@code kubeconfig} says for the service account of the pod. */
  static final String IN_CLUSTER = "in-cluster";

  /** What can be done, and to what. */
  public enum Operation {
    /** All pods are replaced, as gently as the workload's strategy says. */
    ROLLOUT_RESTART(Set.of(Kind.DEPLOYMENT, Kind.STATEFULSET), "<namespace>/deployment/<name>"),
    /** A pod that somebody replaces is deleted. */
    DELETE_POD(Set.of(Kind.POD), "<namespace>/pod/<name>"),
    /** More replicas, or fewer. */
    SCALE(Set.of(Kind.DEPLOYMENT, Kind.STATEFULSET), "<namespace>/deployment/<name>"),
    /** No new pods on a node. */
    CORDON(Set.of(Kind.NODE), "node/<name>"),
    /** Back to the revision before. */
    ROLLOUT_UNDO(Set.of(Kind.DEPLOYMENT), "<namespace>/deployment/<name>");

    private final Set<Kind> kinds;
    private final String form;

    Operation(Set<Kind> kinds, String form) {
      this.kinds = kinds;
      this.form = form;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * How a workload is sized.
   *
   * @param by replicas more, or fewer if negative; not 0
   * @param most never more than this
   * @param least never fewer than this; default 1
   */
  public record Replicas(Integer by, Integer most, Integer least) {

    /**
     * Fills in the default.
     *
     * @throws IllegalArgumentException naming the key that is wrong
     */
    public Replicas {
      least = least == null ? 1 : least;
      require(by != null && by != 0, "kubernetes.replicas.by must be there and not 0");
      require(most != null, "kubernetes.replicas.most is missing: never more than this");
      require(
          least >= 0 && most >= least,
          "kubernetes.replicas: least must be from 0 to most, not " + least);
    }

    /** The size after this one. */
    int after(int now) {
      int wanted = Math.max(least, Math.min(most, now + by));
      // A bound never turns growing into shrinking, or the other way round.
      return by > 0 ? Math.max(now, wanted) : Math.min(now, wanted);
    }
  }

  /**
   * Checks what can be checked before it is needed.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public KubernetesSpec {
    require(operation != null, "kubernetes.operation is missing");
    kubeconfig = kubeconfig == null ? IN_CLUSTER : kubeconfig;
    require(!kubeconfig.isBlank(), "kubernetes.kubeconfig must not be blank");
    require(
        context == null || !kubeconfig.equals(IN_CLUSTER),
        "kubernetes.context is for a kubeconfig file; write kubernetes.kubeconfig, its path");
    require(
        (operation == Operation.SCALE) == (replicas != null),
        operation == Operation.SCALE
            ? "kubernetes.replicas is missing: by how many, and the most"
            : "kubernetes.replicas is for operation scale, not " + operation.word());
  }

  @Override
  public String kind() {
    return "kubernetes";
  }

  @Override
  public String title() {
    return "kubernetes " + operation.word();
  }

  @Override
  public boolean isDisruptive() {
    return operation != Operation.SCALE || replicas.by() < 0;
  }

  @Override
  public void checkObject(String object) {
    require(
        KubeObject.parse(object).filter(it -> operation.kinds.contains(it.kind())).isPresent(),
        "target is called '%s', which must be %s%s for %s"
            .formatted(
                PlainText.head(object, 80),
                operation.form,
                operation.kinds.contains(Kind.STATEFULSET) ? ", or statefulset," : "",
                operation.word()));
  }

  @Override
  public ActionExecutor open(ExecutorContext context) {
    return new KubernetesExecutor(this, context.clock());
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
