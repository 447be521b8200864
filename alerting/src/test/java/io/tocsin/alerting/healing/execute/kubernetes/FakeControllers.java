package io.tocsin.alerting.healing.execute.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/** What a cluster's controllers do, as far as executors wait for it. */
final class FakeControllers {

  private static final String REVISION = "deployment.kubernetes.io/revision";

  private final KubernetesClient client;
  volatile boolean stuck;
  volatile boolean givesUp;

  FakeControllers(KubernetesClient client) {
    this.client = client;
  }

  synchronized void tick() {
    try {
      client.apps().deployments().inAnyNamespace().list().getItems().forEach(this::deployment);
      client.apps().statefulSets().inAnyNamespace().list().getItems().forEach(this::statefulSet);
      pods();
    } catch (KubernetesClientException conflictOrClosed) {
      // the next tick does it
    }
  }

  private void deployment(Deployment of) {
    if (Boolean.TRUE.equals(of.getSpec().getPaused())) {
      return;
    }
    long revision = revision(of);
    int pods = stuck ? 0 : of.getSpec().getReplicas();
    DeploymentStatus wanted =
        new DeploymentStatusBuilder()
            .withObservedGeneration(of.getMetadata().getGeneration())
            .withReplicas(of.getSpec().getReplicas())
            .withUpdatedReplicas(pods)
            .withAvailableReplicas(pods)
            .build();
    if (givesUp) {
      wanted =
          new DeploymentStatusBuilder(wanted)
              .addNewCondition()
              .withType("Progressing")
              .withStatus("False")
              .withReason("ProgressDeadlineExceeded")
              .endCondition()
              .build();
    }
    if (wanted.equals(of.getStatus())
        && Long.toString(revision).equals(FakeCluster.annotations(of).get(REVISION))) {
      return;
    }
    client
        .resource(
            new DeploymentBuilder(of)
                .editMetadata()
                .addToAnnotations(REVISION, Long.toString(revision))
                .endMetadata()
                .withStatus(wanted)
                .build())
        .update();
  }

  /** The template's revision; its ReplicaSet is made, or becomes the newest again. */
  private long revision(Deployment of) {
    List<ReplicaSet> sets =
        client.apps().replicaSets().inNamespace(FakeCluster.NAMESPACE).list().getItems();
    long newest = sets.stream().mapToLong(FakeControllers::revision).max().orElse(0);
    String hash = Integer.toHexString(Serialization.asJson(of.getSpec().getTemplate()).hashCode());
    String name = of.getMetadata().getName() + "-" + hash;
    ReplicaSet there =
        sets.stream()
            .filter(each -> each.getMetadata().getName().equals(name))
            .findFirst()
            .orElse(null);
    if (there != null && revision(there) == newest) {
      return newest;
    }
    long next = newest + 1;
    if (there == null) {
      client.resource(replicaSet(of, name, hash, next)).create();
    } else {
      client
          .resource(
              new ReplicaSetBuilder(there)
                  .editMetadata()
                  .addToAnnotations(REVISION, Long.toString(next))
                  .endMetadata()
                  .build())
          .update();
    }
    return next;
  }

  private static ReplicaSet replicaSet(Deployment of, String name, String hash, long revision) {
    PodTemplateSpec template = of.getSpec().getTemplate();
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withNamespace(of.getMetadata().getNamespace())
        .withName(name)
        .withLabels(template.getMetadata().getLabels())
        .addToAnnotations(REVISION, Long.toString(revision))
        .addNewOwnerReference()
        .withApiVersion("apps/v1")
        .withKind("Deployment")
        .withName(of.getMetadata().getName())
        .withUid(of.getMetadata().getUid())
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withNewTemplateLike(template)
        .editMetadata()
        .addToLabels("pod-template-hash", hash)
        .endMetadata()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static long revision(ReplicaSet set) {
    return Long.parseLong(set.getMetadata().getAnnotations().get(REVISION));
  }

  private void statefulSet(StatefulSet of) {
    int pods = of.getSpec().getReplicas();
    StatefulSetStatus wanted =
        new StatefulSetStatusBuilder()
            .withObservedGeneration(of.getMetadata().getGeneration())
            .withReplicas(pods)
            .withReadyReplicas(pods)
            .withCurrentRevision("r" + of.getMetadata().getGeneration())
            .withUpdateRevision("r" + of.getMetadata().getGeneration())
            .build();
    if (!wanted.equals(of.getStatus())) {
      client.resource(new StatefulSetBuilder(of).withStatus(wanted).build()).update();
    }
  }

  /** Whoever deletes the last pod of a ReplicaSet gets another. */
  private void pods() {
    List<Pod> pods = client.pods().inNamespace(FakeCluster.NAMESPACE).list().getItems();
    if (pods.isEmpty()) {
      client
          .resource(
              new PodBuilder()
                  .withNewMetadata()
                  .withNamespace(FakeCluster.NAMESPACE)
                  .withName("web-next")
                  .endMetadata()
                  .build())
          .create();
    }
  }
}
