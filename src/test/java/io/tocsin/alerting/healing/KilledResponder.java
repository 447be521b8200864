package io.tocsin.alerting.healing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.ExecutorContext;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.signature.PlanVerifier;
import io.tocsin.config.Config;
import io.tocsin.config.ConfigLoader;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A responder that dies at one step of one plan, as {@code kill -9} would have it: no hook runs,
 * nothing is flushed. Its target is a file that gets a line, forced to disk, for each execution.
 *
 * <p>Arguments: the configuration, the file, the plan, the {@link Step}.
 */
public final class KilledResponder {

  /** What it dies with. */
  public static final int KILLED = 77;

  /** Where it dies. */
  public enum Step {
    BEFORE_INTENT,
    INTENT_SENT,
    INTENT_ACKNOWLEDGED,
    DURING_EXECUTION,
    AFTER_EXECUTION,
    OUTCOME_WRITTEN
  }

  private final Path target;
  private final String plan;
  private final Step step;

  private KilledResponder(Path target, String plan, Step step) {
    this.target = target;
    this.plan = plan;
    this.step = step;
  }

  public static void main(String[] arguments) throws Exception {
    Config config = new ConfigLoader().load(Path.of(arguments[0]));
    KilledResponder killed =
        new KilledResponder(Path.of(arguments[1]), arguments[2], Step.valueOf(arguments[3]));
    Cluster cluster = new Cluster(config.cluster().bootstrapServers(), config.cluster().registry());
    Responder responder =
        new Responder(
            cluster,
            config.healing(),
            PlanVerifier.ofFile(config.healing().signing().publicKey(), true),
            new ExecutorContext(config.dataDir(), null, Clock.systemUTC()),
            Clock.systemUTC(),
            new SimpleMeterRegistry(),
            new Responder.Seams(
                log -> (result, note) -> killed.append(log, result, note),
                open -> OpenExecutors.of(config.healing().actions(), killed.new Target())));
    responder.start();
    System.out.println("running " + responder.epoch());
    while (responder.isRunning()) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    System.out.println("ended: " + responder.trouble());
    System.exit(1);
  }

  private void dieAt(Step here, String planId) {
    if (here == step && plan.equals(planId)) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  private CompletableFuture<?> append(ResultLog log, HealResult result, AuditNote note) {
    if (result == null) {
      return log.append(null, note);
    }
    boolean intent = result.getOutcome() == HealOutcome.INTENT;
    boolean outcome = result.getOutcome() == HealOutcome.EXECUTED;
    if (intent) {
      dieAt(Step.BEFORE_INTENT, result.getPlanId());
    } else if (outcome) {
      dieAt(Step.AFTER_EXECUTION, result.getPlanId());
    }
    CompletableFuture<?> safe = log.append(result, note);
    if (intent && step == Step.INTENT_SENT && plan.equals(result.getPlanId())) {
      // Anywhere on its way: before it is sent, sent, or acknowledged and not heard of.
      pause(Duration.ofMillis(Math.floorMod(plan.hashCode(), 12)));
      dieAt(Step.INTENT_SENT, result.getPlanId());
    } else if (outcome && plan.equals(result.getPlanId()) && step == Step.OUTCOME_WRITTEN) {
      safe.join();
      dieAt(Step.OUTCOME_WRITTEN, result.getPlanId());
    }
    return safe;
  }

  private static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Appends {@code plan,attempt}. */
  private final class Target implements ActionExecutor {

    @Override
    public TargetState look(Order order) {
      return TargetState.of("a file");
    }

    @Override
    public ActionOutcome execute(Order order) {
      dieAt(Step.INTENT_ACKNOWLEDGED, order.planId());
      String line = order.incidentId() + "," + order.attempt() + "\n";
      try (FileChannel file =
          FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        file.force(true);
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
      dieAt(Step.DURING_EXECUTION, order.planId());
      return new ActionOutcome(true, OptionalInt.of(0), "done", Duration.ofMillis(1));
    }
  }
}
