package io.tocsin.alerting.healing.execute.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An API server with memory and the controllers that act on what is written there. */
final class FakeCluster implements Closeable {

  static final String NAMESPACE = "shop";

  final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(List.of()),
          false);
  final KubernetesClient client;
  final FakeControllers controllers;
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();

  FakeCluster() {
    server.init();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl("http://127.0.0.1:" + server.getPort())
                    .withHttp2Disable(true)
                    .withRequestTimeout(10_000)
                    .build())
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build();
    controllers = new FakeControllers(client);
  }

  /** Controllers act from now on; what is there is settled when this returns. */
  FakeCluster start() {
    controllers.tick();
    controllers.tick();
    ticks.scheduleWithFixedDelay(controllers::tick, 30, 30, TimeUnit.MILLISECONDS);
    return this;
  }

  Deployment deployment(String name, int replicas, String image) {
    return client
        .resource(
            new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build())
        .create();
  }

  StatefulSet statefulSet(String name, String strategy) {
    return client
        .resource(
            new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewUpdateStrategy()
                .withType(strategy)
                .endUpdateStrategy()
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build())
        .create();
  }

  Node node(String name) {
    return client
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build())
        .create();
  }

  /** A pod; the name of its ReplicaSet null for none. */
  Pod pod(String name, String replicaSet) {
    PodBuilder pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName(name)
            .addToLabels("app", "web")
            .endMetadata()
            .withNewSpec()
            .endSpec()
            .withNewStatus()
            .withPhase("Running")
            .endStatus();
    if (replicaSet != null) {
      pod.editMetadata()
          .addNewOwnerReference()
          .withApiVersion("apps/v1")
          .withKind("ReplicaSet")
          .withName(replicaSet)
          .withUid("uid-" + replicaSet)
          .withController(true)
          .endOwnerReference()
          .endMetadata();
    }
    return client.resource(pod.build()).create();
  }

  Deployment now(String deployment) {
    return client.apps().deployments().inNamespace(NAMESPACE).withName(deployment).get();
  }

  /** A kubeconfig that leads to a port on loopback. */
  static Path kubeconfig(Path directory, int port) throws IOException {
    return Files.writeString(
        directory.resolve("kubeconfig-" + port),
        String.join(
            "\n",
            "apiVersion: v1",
            "kind: Config",
            "current-context: test",
            "clusters: [{name: here, cluster: {server: 'http://127.0.0.1:" + port + "'}}]",
            "users: [{name: me, user: {token: t}}]",
            "contexts: [{name: test, context: {cluster: here, user: me}},"
                + " {name: broken, context: {cluster: nowhere, user: me}}]",
            ""));
  }

  Path kubeconfig(Path directory) throws IOException {
    return kubeconfig(directory, server.getPort());
  }

  static Map<String, String> annotations(Deployment of) {
    return of.getMetadata().getAnnotations() == null ? Map.of() : of.getMetadata().getAnnotations();
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    client.close();
    server.destroy();
  }
}
