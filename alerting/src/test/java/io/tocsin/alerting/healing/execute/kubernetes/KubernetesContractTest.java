package io.tocsin.alerting.healing.execute.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.tocsin.alerting.healing.execute.BadPeer;
import io.tocsin.alerting.healing.execute.ExecutorContract;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.ExecutorWorld;
import io.tocsin.alerting.healing.execute.Trouble;
import io.tocsin.alerting.healing.execute.kubernetes.KubernetesSpec.Operation;
import io.tocsin.alerting.healing.execute.kubernetes.KubernetesSpec.Replicas;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;

/** Against fabric8's mock of an API server, with controllers of our own. */
class KubernetesContractTest {

  abstract static class OfOperation extends ExecutorContract {

    private final Operation operation;
    private final String object;
    private final String missing;
    private final boolean reversible;
    private final boolean adds;

    OfOperation(
        Operation operation, String object, String missing, boolean reversible, boolean adds) {
      this.operation = operation;
      this.object = object;
      this.missing = missing;
      this.reversible = reversible;
      this.adds = adds;
    }

    /** What has to be there. */
    abstract void fill(FakeCluster cluster);

    abstract Object state(FakeCluster cluster);

    private KubernetesSpec spec(String kubeconfig) {
      return new KubernetesSpec(
          operation,
          kubeconfig,
          null,
          operation == Operation.SCALE ? new Replicas(1, 10, null) : null);
    }

    @Override
    protected ExecutorWorld world() throws IOException {
      FakeCluster cluster = new FakeCluster();
      fill(cluster);
      cluster.start();
      return new World(
          spec(cluster.kubeconfig(temporary).toString()), () -> state(cluster), cluster::close);
    }

    @Override
    protected Optional<ExecutorWorld> world(Trouble trouble) throws IOException {
      BadPeer peer = BadPeer.in(trouble);
      String kubeconfig = FakeCluster.kubeconfig(temporary, peer.port()).toString();
      return Optional.of(new World(spec(kubeconfig), () -> "", peer::close));
    }

    private final class World implements ExecutorWorld {

      private final KubernetesSpec spec;
      private final Supplier<Object> state;
      private final Closeable end;

      World(KubernetesSpec spec, Supplier<Object> state, Closeable end) {
        this.spec = spec;
        this.state = state;
        this.end = end;
      }

      @Override
      public ExecutorSpec spec() {
        return spec;
      }

      @Override
      public String object() {
        return object;
      }

      @Override
      public Optional<String> missing() {
        return Optional.of(missing);
      }

      @Override
      public Object state() {
        return state.get();
      }

      @Override
      public boolean compensates() {
        return reversible;
      }

      @Override
      public boolean adds() {
        return adds;
      }

      @Override
      public void close() throws IOException {
        end.close();
      }
    }
  }

  @Nested
  class Restart extends OfOperation {
    Restart() {
      super(Operation.ROLLOUT_RESTART, "shop/deployment/web", "shop/deployment/till", false, true);
    }

    @Override
    void fill(FakeCluster cluster) {
      cluster.deployment("web", 3, "web:1");
    }

    @Override
    Object state(FakeCluster cluster) {
      return cluster.now("web").getMetadata().getGeneration();
    }
  }

  @Nested
  class RestartOfAStatefulSet extends OfOperation {
    RestartOfAStatefulSet() {
      super(Operation.ROLLOUT_RESTART, "shop/statefulset/db", "shop/statefulset/till", false, true);
    }

    @Override
    void fill(FakeCluster cluster) {
      cluster.statefulSet("db", "RollingUpdate");
    }

    @Override
    Object state(FakeCluster cluster) {
      return cluster
          .client
          .apps()
          .statefulSets()
          .inNamespace("shop")
          .withName("db")
          .get()
          .getMetadata()
          .getGeneration();
    }
  }

  @Nested
  class Delete extends OfOperation {
    Delete() {
      super(Operation.DELETE_POD, "shop/pod/web-1", "shop/pod/web-9", false, true);
    }

    @Override
    void fill(FakeCluster cluster) {
      cluster.pod("web-1", "web");
      cluster.pod("web-2", "web");
    }

    @Override
    Object state(FakeCluster cluster) {
      Function<Pod, String> name = pod -> pod.getMetadata().getName();
      return cluster.client.pods().inNamespace("shop").list().getItems().stream()
          .map(name)
          .sorted()
          .toList();
    }
  }

  @Nested
  class Size extends OfOperation {
    Size() {
      super(Operation.SCALE, "shop/deployment/web", "shop/deployment/till", true, true);
    }

    @Override
    void fill(FakeCluster cluster) {
      cluster.deployment("web", 3, "web:1");
    }

    @Override
    Object state(FakeCluster cluster) {
      return cluster.now("web").getSpec().getReplicas();
    }
  }

  @Nested
  class CordonNode extends OfOperation {
    CordonNode() {
      super(Operation.CORDON, "node/n1.example.com", "node/n9.example.com", true, false);
    }

    @Override
    void fill(FakeCluster cluster) {
      cluster.node("n1.example.com");
      cluster.node("n2.example.com");
    }

    @Override
    Object state(FakeCluster cluster) {
      return Boolean.TRUE.equals(
          cluster.client.nodes().withName("n1.example.com").get().getSpec().getUnschedulable());
    }
  }

  @Nested
  class Undo extends OfOperation {
    Undo() {
      super(Operation.ROLLOUT_UNDO, "shop/deployment/web", "shop/deployment/till", true, true);
    }

    @Override
    void fill(FakeCluster cluster) {
      cluster.deployment("web", 3, "web:1");
      cluster.controllers.tick();
      cluster
          .client
          .resource(
              new DeploymentBuilder(cluster.now("web"))
                  .editSpec()
                  .editTemplate()
                  .editSpec()
                  .editFirstContainer()
                  .withImage("web:2")
                  .endContainer()
                  .endSpec()
                  .endTemplate()
                  .endSpec()
                  .build())
          .update();
    }

    @Override
    Object state(FakeCluster cluster) {
      return cluster.now("web").getSpec().getTemplate().getSpec().getContainers().get(0).getImage();
    }
  }
}
