package io.tocsin.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All of it goes to an API server, and comes back as it went. */
class MockApiServerTest {

  private static final CustomResourceDefinitionContext FLINK =
      new CustomResourceDefinitionContext.Builder()
          .withGroup("flink.apache.org")
          .withVersion("v1beta1")
          .withKind("FlinkDeployment")
          .withPlural("flinkdeployments")
          .withScope("Namespaced")
          .build();

  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(List.of(FLINK)),
          false);
  private KubernetesClient client;

  @BeforeEach
  void start() {
    server.init();
    client = server.createClient();
  }

  @AfterEach
  void stop() {
    client.close();
    server.destroy();
  }

  @Test
  void whatIsAppliedIsThere() throws Exception {
    for (Manifest each : Manifests.all()) {
      if (FlinkType.is(each.json())) {
        GenericKubernetesResource job =
            client
                .getKubernetesSerialization()
                .convertValue(each.json(), GenericKubernetesResource.class);
        client.genericKubernetesResources(FLINK).resource(job).create();
        assertThat(
                client
                    .genericKubernetesResources(FLINK)
                    .resource(job)
                    .get()
                    .getAdditionalProperties())
            .isEqualTo(job.getAdditionalProperties());
      } else {
        HasMetadata object = StrictTypes.read(each.json());
        client.resource(object).create();
        assertThat(withoutMetadata(client.resource(object).get()))
            .as("%s", each)
            .isEqualTo(withoutMetadata(object));
      }
    }
    assertThat(client.apps().statefulSets().inNamespace("tocsin").list().getItems())
        .extracting(set -> set.getMetadata().getName())
        .containsExactlyInAnyOrder("streams", "prober");
  }

  private static HasMetadata withoutMetadata(HasMetadata object) {
    object.setMetadata(null);
    return object;
  }
}
