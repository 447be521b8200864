package io.tocsin.alerting.healing.execute.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.BoundedCalls;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.healing.execute.Stopwatch;
import io.tocsin.alerting.healing.execute.TargetState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Carries an operation out, with a limit on its time and words for whatever goes wrong. */
final class KubernetesExecutor implements ActionExecutor {

  private static final Duration LOOK_WITHIN = Duration.ofMillis(1900);
  private static final int LONGEST_WORDS = 300;
  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;
  private static final int MOST_TRIES = 10;
  private static final long PAUSE_MS = 50;

  private final BoundedCalls calls = new BoundedCalls("tocsin-kubernetes");
  private final KubernetesSpec spec;
  private final Remedy remedy;
  private KubernetesClient client;

  KubernetesExecutor(KubernetesSpec spec, Clock clock) {
    this.spec = spec;
    this.remedy =
        switch (spec.operation()) {
          case ROLLOUT_RESTART -> new RolloutRestart(clock);
          case DELETE_POD -> new DeletePod();
          case SCALE -> new Scale(spec.replicas());
          case CORDON -> new Cordon();
          case ROLLOUT_UNDO -> new RolloutUndo();
        };
  }

  @Override
  public TargetState look(Order order) throws InterruptedException {
    try {
      TargetState seen =
          within(LOOK_WITHIN, order, (cluster, target) -> remedy.look(cluster, target));
      return new TargetState(
          PlainText.head(seen.words(), LONGEST_WORDS), seen.facts(), seen.owner());
    } catch (LeftAloneException unseen) {
      return TargetState.of(PlainText.head("not seen: " + unseen.getMessage(), LONGEST_WORDS));
    }
  }

  @Override
  public ActionOutcome execute(Order order) throws InterruptedException {
    return outcome(order, (cluster, target) -> remedy.execute(cluster, target, order));
  }

  @Override
  public Optional<ActionOutcome> compensate(Order order, TargetState before)
      throws InterruptedException {
    if (!remedy.isReversible()) {
      return Optional.empty();
    }
    return Optional.of(
        outcome(
            order,
            (cluster, target) ->
                remedy.compensate(cluster, target, order, before.facts()).orElseThrow()));
  }

  /** What is done to a target. */
  private interface Work<T> {
    T on(Cluster cluster, KubeObject target) throws Exception;
  }

  private ActionOutcome outcome(Order order, Work<String> work) throws InterruptedException {
    Stopwatch watch = Stopwatch.start();
    try {
      return watch.succeeded(order.object() + " " + within(order.timeout(), order, work));
    } catch (LeftAloneException why) {
      return watch.failed(PlainText.head(order.object(), 120) + ": " + why.getMessage());
    }
  }

  private <T> T within(Duration limit, Order order, Work<T> work)
      throws LeftAloneException, InterruptedException {
    AtomicReference<Cluster> used = new AtomicReference<>();
    try {
      spec.checkObject(order.object());
      KubeObject target = KubeObject.parse(order.object()).orElseThrow();
      return calls.call(
          () -> {
            used.set(new Cluster(client()));
            return patiently(() -> work.on(used.get(), target));
          },
          limit);
    } catch (IllegalArgumentException hostile) {
      throw new LeftAloneException(hostile.getMessage());
    } catch (TimeoutException late) {
      String seen = used.get() == null ? "" : used.get().lastSeen();
      throw new LeftAloneException(
          "not over within %d ms%s"
              .formatted(limit.toMillis(), seen.isEmpty() ? "" : "; last seen: " + seen));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof LeftAloneException why) {
        throw why;
      }
      throw new LeftAloneException(words(failed.getCause()));
    }
  }

  /** Looks and judges anew when somebody was faster: a controller that writes down its status. */
  private static <T> T patiently(Callable<T> work) throws Exception {
    for (int i = 1; ; i++) {
      try {
        return work.call();
      } catch (KubernetesClientException conflict) {
        if (conflict.getCode() != CONFLICT || i == MOST_TRIES) {
          throw conflict;
        }
        Thread.sleep(PAUSE_MS);
      }
    }
  }

  private static String words(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (!(failure instanceof KubernetesClientException refused)) {
      return failure instanceof IOException ? message : failure.toString();
    }
    String said =
        refused.getStatus() != null && refused.getStatus().getMessage() != null
            ? refused.getStatus().getMessage()
            : message;
    return switch (refused.getCode()) {
      case FORBIDDEN -> "the cluster does not allow it (see responder-role.yaml): " + said;
      case CONFLICT -> "somebody else changed it at the same time: " + said;
      case 0 -> "the cluster cannot be reached: " + cause(refused);
      default -> "the cluster answers " + refused.getCode() + ": " + said;
    };
  }

  private static String cause(Throwable failure) {
    Throwable last = failure;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
  }

  /** Opened when it is needed: a cluster that is away when we start is no reason not to start. */
  private synchronized KubernetesClient client() throws IOException {
    if (client == null) {
      client = ClusterAccess.open(spec);
    }
    return client;
  }

  @Override
  public synchronized void close() {
    calls.close();
    if (client != null) {
      client.close();
    }
  }
}
