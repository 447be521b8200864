package io.tocsin.alerting.healing.execute.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.BoundedCalls;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.healing.execute.PlansDone;
import io.tocsin.alerting.healing.execute.Stopwatch;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.execute.docker.DockerSpec.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Asks Docker to do something with a container or a compose service, each time over a connection of
 * its own: actions are rare, and a connection that hangs is simply closed.
 */
final class DockerExecutor implements ActionExecutor {

  private static final Duration LOOK_LIMIT = Duration.ofSeconds(2);
  private static final int LONGEST_WORDS = 300;

  private final DockerSpec spec;
  private final BoundedCalls calls;
  private final PlansDone plans = new PlansDone();

  DockerExecutor(DockerSpec spec) {
    this.spec = spec;
    calls = new BoundedCalls("tocsin-heal-docker");
  }

  /** What is done over a connection; gives words, or throws them. */
  @FunctionalInterface
  private interface Work<T> {
    T with(DockerEngine engine) throws IOException;
  }

  /** It could not be done; the message says why. */
  private static final class Failure extends Exception {

    private static final long serialVersionUID = 1L;

    Failure(String reason) {
      super(reason, null, false, false);
    }
  }

  @Override
  public TargetState look(Order order) throws InterruptedException {
    try {
      spec.checkObject(order.object());
      return within(LOOK_LIMIT, engine -> look(engine, order.object()));
    } catch (Failure | IllegalArgumentException unseen) {
      return TargetState.of(PlainText.head("not seen: " + unseen.getMessage(), LONGEST_WORDS));
    }
  }

  private TargetState look(DockerEngine engine, String object) throws IOException {
    return spec.operation() == Operation.SCALE
        ? new ComposeService(engine, object).look()
        : inspect(engine, object).state(object);
  }

  private static ContainerView inspect(DockerEngine engine, String object) throws IOException {
    return ContainerView.of(engine.get("/containers/" + object + "/json"));
  }

  @Override
  public ActionOutcome execute(Order order) throws InterruptedException {
    Stopwatch watch = Stopwatch.start();
    try {
      spec.checkObject(order.object());
      return watch.succeeded(within(order.timeout(), engine -> act(engine, order)));
    } catch (Failure | IllegalArgumentException failed) {
      return watch.failed(failed.getMessage());
    }
  }

  private String act(DockerEngine engine, Order order) throws IOException {
    String object = order.object();
    return switch (spec.operation()) {
      case RESTART -> {
        long seconds = spec.stopTimeout().toSeconds();
        engine.post("/containers/" + object + "/restart?t=" + seconds, null);
        yield "restarted: " + inspect(engine, object).words(object);
      }
      case START -> {
        boolean ran = inspect(engine, object).isRunning();
        engine.post("/containers/" + object + "/start", null);
        yield (ran ? "was running already: " : "started: ") + inspect(engine, object).words(object);
      }
      case LIMITS -> raise(engine, order);
      case SCALE -> new ComposeService(engine, object).add(spec.replicas(), order.planId());
    };
  }

  private String raise(DockerEngine engine, Order order) throws IOException {
    String object = order.object();
    ContainerLimits now = ContainerLimits.of(inspect(engine, object).host());
    ObjectNode update = now.more(spec.memory()).more(spec.cpus()).since(now);
    if (update.isEmpty()) {
      throw new EngineException(
          0, object + " has no such limit, or has as much as it may be given: " + now.facts());
    }
    if (!plans.begin(order.planId())) {
      throw new EngineException(0, "it was done for this plan already");
    }
    engine.post("/containers/" + object + "/update", update);
    return "told Docker " + update + ": " + inspect(engine, object).words(object);
  }

  @Override
  public Optional<ActionOutcome> compensate(Order order, TargetState before)
      throws InterruptedException {
    if (spec.operation() != Operation.LIMITS && spec.operation() != Operation.SCALE) {
      return Optional.empty();
    }
    Stopwatch watch = Stopwatch.start();
    try {
      spec.checkObject(order.object());
      return Optional.of(
          watch.succeeded(within(order.timeout(), engine -> putBack(engine, order, before))));
    } catch (Failure | IllegalArgumentException failed) {
      return Optional.of(watch.failed(failed.getMessage()));
    }
  }

  private String putBack(DockerEngine engine, Order order, TargetState before) throws IOException {
    String object = order.object();
    if (spec.operation() == Operation.SCALE) {
      return new ComposeService(engine, object)
          .remove(order.planId(), spec.stopTimeout().toSeconds());
    }
    ContainerLimits old;
    try {
      old = ContainerLimits.of(before.facts());
    } catch (IllegalArgumentException unseen) {
      throw new EngineException(0, "its limits were not seen before, so they stay as they are");
    }
    ObjectNode update = old.since(ContainerLimits.of(inspect(engine, object).host()));
    if (!update.isEmpty()) {
      engine.post("/containers/" + object + "/update", update);
    }
    return "told Docker " + update + ": " + inspect(engine, object).words(object);
  }

  private <T> T within(Duration limit, Work<T> work) throws Failure, InterruptedException {
    if (!Files.exists(spec.socket())) {
      throw new Failure(
          "there is no Docker at "
              + spec.socket()
              + ": start it, or set socket to where it listens");
    }
    if (!Files.isWritable(spec.socket())) {
      throw new Failure(spec.socket() + " may not be written to by the responder's user");
    }
    // Closing is what ends a call that hangs.
    try (DockerEngine engine = new DockerEngine(spec.socket(), limit)) {
      return calls.call(() -> work.with(engine), limit);
    } catch (TimeoutException late) {
      throw new Failure(
          "no answer from Docker at %s within %d ms; it may do it yet"
              .formatted(spec.socket(), limit.toMillis()));
    } catch (ExecutionException failed) {
      throw new Failure(words(failed.getCause()));
    } catch (IOException closing) {
      throw new Failure("the connection to Docker could not be closed: " + closing.getMessage());
    }
  }

  private String words(Throwable failure) {
    if (failure instanceof EngineException named) {
      return named.getMessage();
    }
    Throwable cause = failure;
    // The client wraps what the socket says.
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return "Docker at " + spec.socket() + " could not be asked: " + cause;
  }

  @Override
  public void close() {
    calls.close();
  }
}
