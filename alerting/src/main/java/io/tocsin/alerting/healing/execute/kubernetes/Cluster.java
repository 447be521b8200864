package io.tocsin.alerting.healing.execute.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Optional;

/** The calls to a cluster that operations are made of; these need the verbs of the Role. */
final class Cluster {

  /** Whose doing a change was: the plan's id. */
  static final String PLAN = "tocsin.io/plan";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private volatile String lastSeen = "";

  Cluster(KubernetesClient client) {
    this.client = client;
  }

  /** A Deployment or a StatefulSet as it is now. */
  Workload workload(KubeObject target) throws LeftAloneException {
    HasMetadata found = get(target);
    Workload now =
        found instanceof Deployment deployment
            ? Workload.of(deployment)
            : Workload.of((StatefulSet) found);
    lastSeen = now.words();
    return now;
  }

  /** How a workload stood when it was looked at last; empty if it never was. */
  String lastSeen() {
    return lastSeen;
  }

  Deployment deployment(KubeObject target) throws LeftAloneException {
    return (Deployment) get(target);
  }

  Node node(KubeObject target) throws LeftAloneException {
    return (Node) get(target);
  }

  Pod pod(KubeObject target) throws LeftAloneException {
    return (Pod) get(target);
  }

  /** A pod, if there is one of that name. */
  Optional<Pod> findPod(KubeObject target) {
    return Optional.ofNullable((Pod) resource(target).get());
  }

  private HasMetadata get(KubeObject target) throws LeftAloneException {
    HasMetadata found = resource(target).get();
    if (found == null) {
      throw new LeftAloneException("there is no such object in the cluster");
    }
    return found;
  }

  private Resource<? extends HasMetadata> resource(KubeObject target) {
    return switch (target.kind()) {
      case DEPLOYMENT ->
          client.apps().deployments().inNamespace(target.namespace()).withName(target.name());
      case STATEFULSET ->
          client.apps().statefulSets().inNamespace(target.namespace()).withName(target.name());
      case POD -> client.pods().inNamespace(target.namespace()).withName(target.name());
      case NODE -> client.nodes().withName(target.name());
    };
  }

  List<Node> nodes() {
    return client.nodes().list().getItems();
  }

  /** Those that a Deployment has made, whatever their number. */
  List<ReplicaSet> replicaSets(Deployment of) {
    String uid = of.getMetadata().getUid();
    return client
        .apps()
        .replicaSets()
        .inNamespace(of.getMetadata().getNamespace())
        .withLabelSelector(of.getSpec().getSelector())
        .list()
        .getItems()
        .stream()
        .filter(
            each ->
                each.getMetadata().getOwnerReferences().stream()
                    .anyMatch(owner -> uid.equals(owner.getUid())))
        .toList();
  }

  /** Name of the HorizontalPodAutoscaler that sets a workload's size. */
  Optional<String> autoscaler(KubeObject target) {
    return client
        .autoscaling()
        .v2()
        .horizontalPodAutoscalers()
        .inNamespace(target.namespace())
        .list()
        .getItems()
        .stream()
        .filter(
            each ->
                target.kind().word().equalsIgnoreCase(each.getSpec().getScaleTargetRef().getKind())
                    && target.name().equals(each.getSpec().getScaleTargetRef().getName()))
        .map(each -> each.getMetadata().getName())
        .findFirst();
  }

  /** A merge patch (RFC 7386); with a resourceVersion in it, only if nobody was faster. */
  void merge(KubeObject target, Object patch) {
    resource(target).patch(PatchContext.of(PatchType.JSON_MERGE), json(patch));
  }

  /** A list of operations (RFC 6902), all or none of which are done. */
  void patch(KubeObject target, List<?> operations) {
    resource(target).patch(PatchContext.of(PatchType.JSON), json(operations));
  }

  /** Deletes that very pod, and not another that has got its name since. */
  void delete(KubeObject target, String uid) {
    // Namespace and name have been checked to be labels of DNS, which a path may hold as they are.
    client.raw(
        "/api/v1/namespaces/" + target.namespace() + "/pods/" + target.name(),
        "DELETE",
        new DeleteOptionsBuilder().withNewPreconditions().withUid(uid).endPreconditions().build());
  }

  private static String json(Object tree) {
    try {
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("patches are made of maps, lists and texts", impossible);
    }
  }
}
