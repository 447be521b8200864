package io.tocsin.alerting.healing.execute.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Looks;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.execute.kubernetes.KubernetesSpec.Operation;
import io.tocsin.alerting.healing.execute.kubernetes.KubernetesSpec.Replicas;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class KubernetesExecutorTest {

  private static final String WEB = "shop/deployment/web";
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00.123Z"), ZoneOffset.UTC);

  @TempDir private Path temporary;
  private FakeCluster cluster;

  @BeforeEach
  void start() {
    cluster = new FakeCluster();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private static Order order(String object, Duration timeout) {
    return new Order("heal-it", "service/shop", object, "plan-1", "incident-1", 1, 7, timeout);
  }

  private static Order order(String object) {
    return order(object, Duration.ofSeconds(30));
  }

  private ActionExecutor executor(Operation operation) throws IOException {
    return executor(operation, operation == Operation.SCALE ? new Replicas(2, 4, null) : null);
  }

  private ActionExecutor executor(Operation operation, Replicas replicas) throws IOException {
    return new KubernetesExecutor(
        new KubernetesSpec(operation, cluster.kubeconfig(temporary).toString(), null, replicas),
        NOON);
  }

  private ActionOutcome refused(Operation operation, String object) throws Exception {
    try (ActionExecutor executor = executor(operation)) {
      ActionOutcome outcome = executor.execute(order(object));
      assertThat(outcome.succeeded()).as(outcome.reason()).isFalse();
      assertThat(outcome.reason()).startsWith(object + ": ");
      return outcome;
    }
  }

  private TargetState look(Operation operation, String object) throws Exception {
    try (ActionExecutor executor = executor(operation)) {
      return Looks.seen(executor, order(object));
    }
  }

  /** As people do it beside controllers, which may have been faster: then it is looked at anew. */
  private void change(UnaryOperator<DeploymentBuilder> how) {
    await()
        .ignoreExceptionsInstanceOf(KubernetesClientException.class)
        .until(
            () -> {
              DeploymentBuilder now = new DeploymentBuilder(cluster.now("web"));
              cluster.client.resource(how.apply(now).build()).update();
              return true;
            });
  }

  @Test
  void aRestartIsTheAnnotationThatKubectlSets() throws Exception {
    cluster.deployment("web", 3, "web:1");
    cluster.start();
    try (ActionExecutor executor = executor(Operation.ROLLOUT_RESTART)) {
      ActionOutcome outcome = executor.execute(order(WEB));
      assertThat(outcome.succeeded()).as(outcome.reason()).isTrue();
      assertThat(outcome.reason()).startsWith(WEB + " 3 replicas wanted, 3 there, 3 updated");
    }
    assertThat(cluster.now("web").getSpec().getTemplate().getMetadata().getAnnotations())
        .containsEntry("kubectl.kubernetes.io/restartedAt", "2026-01-01T12:00:00Z");
  }

  @Test
  void aPausedRolloutHasAnOwnerAndIsNeitherRestartedNorUndone() throws Exception {
    cluster.deployment("web", 3, "web:1");
    cluster.start();
    change(web -> web.editSpec().withPaused(true).endSpec());
    assertThat(look(Operation.ROLLOUT_RESTART, WEB).owner().orElseThrow()).contains("paused");
    assertThat(refused(Operation.ROLLOUT_RESTART, WEB).reason()).contains("paused");
    assertThat(refused(Operation.ROLLOUT_UNDO, WEB).reason()).contains("paused");
  }

  @Test
  void aRolloutUnderWayOwnsItsPods() throws Exception {
    cluster.deployment("web", 3, "web:1");
    cluster.start();
    assertThat(look(Operation.ROLLOUT_RESTART, WEB).owner()).isEmpty();
    cluster.controllers.stuck = true;
    change(web -> web.editSpec().withReplicas(4).endSpec());
    assertThat(look(Operation.ROLLOUT_RESTART, WEB).owner().orElseThrow()).contains("under way");
    assertThat(look(Operation.ROLLOUT_UNDO, WEB).owner()).isEmpty();
  }

  @Test
  void aRolloutThatDoesNotComeToItsEndIsSaidWithHowFarItCame() throws Exception {
    cluster.deployment("web", 3, "web:1");
    cluster.start();
    cluster.controllers.stuck = true;
    try (ActionExecutor executor = executor(Operation.ROLLOUT_RESTART)) {
      // Long enough for a slow machine to begin it and for the controllers to write it down.
      ActionOutcome outcome = executor.execute(order(WEB, Duration.ofSeconds(9)));
      assertThat(outcome.succeeded()).isFalse();
      assertThat(outcome.reason()).contains("not over within 9000 ms", "0 updated");
    }
  }

  @Test
  void aRolloutThatItsControllerGivesUpIsOverAtOnce() throws Exception {
    cluster.deployment("web", 3, "web:1");
    cluster.start();
    cluster.controllers.stuck = true;
    cluster.controllers.givesUp = true;
    assertThat(refused(Operation.ROLLOUT_RESTART, WEB).reason()).contains("deadline is exceeded");
  }

  @Test
  void aStatefulSetThatIsUpdatedByHandIsNotRestarted() throws Exception {
    cluster.statefulSet("db", "OnDelete");
    cluster.start();
    assertThat(refused(Operation.ROLLOUT_RESTART, "shop/statefulset/db").reason())
        .contains("OnDelete");
  }

  @Test
  void aPodThatNobodyWouldBringBackIsNotDeleted() throws Exception {
    cluster.pod("alone", null);
    assertThat(refused(Operation.DELETE_POD, "shop/pod/alone").reason())
        .contains("no controller: nothing would bring it back");
    assertThat(look(Operation.DELETE_POD, "shop/pod/alone").words()).contains("no controller");
    assertThat(cluster.client.pods().inNamespace("shop").withName("alone").get()).isNotNull();
  }

  @Test
  void aPodIsDeletedByItsUid() throws Exception {
    Pod pod = cluster.pod("web-1", "web");
    try (ActionExecutor executor = executor(Operation.DELETE_POD)) {
      ActionOutcome outcome = executor.execute(order("shop/pod/web-1"));
      assertThat(outcome.reason())
          .isEqualTo("shop/pod/web-1 is gone; ReplicaSet web makes another");
    }
    RecordedRequest request = cluster.server.takeRequest(1, TimeUnit.SECONDS);
    while (request != null && !request.getMethod().equals("DELETE")) {
      request = cluster.server.takeRequest(1, TimeUnit.SECONDS);
    }
    assertThat(request).isNotNull();
    assertThat(request.getPath()).isEqualTo("/api/v1/namespaces/shop/pods/web-1");
    assertThat(request.getBody().readUtf8())
        .contains("\"preconditions\":{\"uid\":\"" + pod.getMetadata().getUid() + "\"}");
  }

  @Test
  void aPodThatIsBeingDeletedHasAnOwner() throws Exception {
    cluster
        .client
        .resource(
            new PodBuilder(cluster.pod("web-1", "web"))
                .editMetadata()
                .addToFinalizers("example.com/hold")
                .endMetadata()
                .build())
        .update();
    cluster.client.pods().inNamespace("shop").withName("web-1").delete();
    assertThat(look(Operation.DELETE_POD, "shop/pod/web-1").owner().orElseThrow())
        .contains("being deleted");
    assertThat(refused(Operation.DELETE_POD, "shop/pod/web-1").reason()).contains("being deleted");
  }

  @Test
  void aSizeStaysWithinItsBounds() throws Exception {
    cluster.deployment("web", 3, "web:1");
    cluster.start();
    try (ActionExecutor executor = executor(Operation.SCALE)) {
      assertThat(executor.execute(order(WEB)).succeeded()).isTrue();
    }
    assertThat(cluster.now("web").getSpec().getReplicas()).isEqualTo(4);
    change(web -> web.editMetadata().removeFromAnnotations(Cluster.PLAN).endMetadata());
    assertThat(refused(Operation.SCALE, WEB).reason())
        .contains("has 4 replicas already, and the bounds are 1 to 4");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 10, 1, 3, 4",
    "5, 10, 1, 8, 10",
    "1, 10, 1, 12, 12",
    "-1, 10, 1, 3, 2",
    "-5, 10, 2, 3, 2",
    "-1, 10, 4, 3, 3",
    "1, 10, 8, 3, 8"
  })
  void aBoundNeverTurnsItRound(int by, int most, int least, int now, int then) {
    assertThat(new Replicas(by, most, least).after(now)).isEqualTo(then);
  }

  @Test
  void aSizeThatSomebodyElseHasChangedSinceIsNotSetBack() throws Exception {
    cluster.deployment("web", 2, "web:1");
    cluster.start();
    try (ActionExecutor executor = executor(Operation.SCALE)) {
      TargetState before = Looks.seen(executor, order(WEB));
      assertThat(executor.execute(order(WEB)).succeeded()).isTrue();
      change(web -> web.editSpec().withReplicas(9).endSpec());
      ActionOutcome outcome = executor.compensate(order(WEB), before).orElseThrow();
      assertThat(outcome.succeeded()).isFalse();
      assertThat(outcome.reason()).contains("changed by somebody else");
    }
    assertThat(cluster.now("web").getSpec().getReplicas()).isEqualTo(9);
  }

  @Test
  void anAutoscalerOwnsTheSize() throws Exception {
    cluster.deployment("web", 3, "web:1");
    cluster.start();
    assertThat(look(Operation.SCALE, WEB).owner()).isEmpty();
    cluster
        .client
        .resource(
            new HorizontalPodAutoscalerBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web-auto")
                .endMetadata()
                .withNewSpec()
                .withNewScaleTargetRef("apps/v1", "Deployment", "web")
                .endSpec()
                .build())
        .create();
    assertThat(look(Operation.SCALE, WEB).owner())
        .contains("HorizontalPodAutoscaler web-auto sets its size");
  }

  @Test
  void theLastNodeThatTakesPodsIsNotCordoned() throws Exception {
    cluster.node("n1");
    assertThat(refused(Operation.CORDON, "node/n1").reason()).contains("no other node takes pods");
    cluster.node("n2");
    try (ActionExecutor executor = executor(Operation.CORDON)) {
      assertThat(executor.execute(order("node/n1")).succeeded()).isTrue();
      assertThat(executor.execute(order("node/n2")).reason()).contains("no other node");
      assertThat(Looks.seen(executor, order("node/n1")).owner()).isPresent();
    }
  }

  @Test
  void whatSomebodyElseHasCordonedStaysSo() throws Exception {
    cluster.node("n1");
    cluster.node("n2");
    try (ActionExecutor executor = executor(Operation.CORDON)) {
      TargetState before = Looks.seen(executor, order("node/n1"));
      new Cluster(cluster.client)
          .merge(
              KubeObject.parse("node/n1").orElseThrow(),
              Map.of("spec", Map.of("unschedulable", true)));
      ActionOutcome outcome = executor.compensate(order("node/n1"), before).orElseThrow();
      assertThat(outcome.succeeded()).isFalse();
      assertThat(cluster.client.nodes().withName("n1").get().getSpec().getUnschedulable()).isTrue();
    }
  }

  @Test
  void aFirstRevisionCannotBeUndone() throws Exception {
    cluster.deployment("web", 3, "web:1");
    cluster.start();
    assertThat(refused(Operation.ROLLOUT_UNDO, WEB).reason()).contains("no revision before");
  }

  @Test
  void undoingBringsTheTemplateBackWithoutTheHashOfItsReplicaSet() throws Exception {
    cluster.deployment("web", 3, "web:1");
    cluster.controllers.tick();
    change(
        web ->
            web.editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage("web:broken")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec());
    cluster.start();
    try (ActionExecutor executor = executor(Operation.ROLLOUT_UNDO)) {
      assertThat(Looks.seen(executor, order(WEB)).words()).startsWith("revision 2 of 2 kept");
      assertThat(executor.execute(order(WEB)).succeeded()).isTrue();
    }
    Deployment now = cluster.now("web");
    assertThat(now.getSpec().getTemplate().getSpec().getContainers().get(0).getImage())
        .isEqualTo("web:1");
    assertThat(now.getSpec().getTemplate().getMetadata().getLabels())
        .isEqualTo(Map.of("app", "web"));
  }
}
