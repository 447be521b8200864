package io.tocsin.alerting.healing;

import static io.tocsin.alerting.healing.HealExamples.AUTO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.Health;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ResponderLoopTest {

  /** Hands out what a test puts in; an exception is thrown instead of handed out. */
  private static final class QueueFeed implements Feed {

    private volatile boolean interruptedWhileClosing;
    private volatile boolean passed;

    private static final Object WAKE_UP = new Object();

    final BlockingQueue<Object> arriving = new LinkedBlockingQueue<>();
    final AtomicInteger commits = new AtomicInteger();
    final AtomicInteger rewinds = new AtomicInteger();
    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public Batch poll(Duration timeout) {
      try {
        Object next = arriving.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (next instanceof RuntimeException failure) {
          throw failure;
        }
        return next instanceof Batch batch ? batch : Batch.of(List.of(), List.of());
      } catch (InterruptedException interrupted) {
        throw new org.apache.kafka.common.errors.InterruptException(interrupted);
      }
    }

    @Override
    public boolean hasPassed() {
      return passed;
    }

    @Override
    public void commit() {
      passed = false;
      commits.incrementAndGet();
    }

    @Override
    public void rewind() {
      rewinds.incrementAndGet();
    }

    @Override
    public void wakeUp() {
      arriving.add(WAKE_UP);
    }

    @Override
    public void close() {
      closed.countDown();
      if (interruptedWhileClosing) {
        throw new InterruptException("closing took too long");
      }
    }
  }

  private final QueueFeed feed = new QueueFeed();
  private final MemoryLog log = new MemoryLog();

  /** Stands still: a probe counts for 3 s, which may pass before a busy machine comes to it. */
  private final Clock clock = Clock.fixed(HealExamples.NOON, ZoneOffset.UTC);

  private final CountDownLatch actionMayEnd = new CountDownLatch(1);
  private final List<String> executions = new ArrayList<>();
  private final ExecutorService workers = Executors.newFixedThreadPool(2);
  private ResponderLoop loop;
  private Thread thread;
  private volatile RuntimeException logEnded;
  private int probes;

  /** Ends when the test says so. */
  private final class Slow implements ActionExecutor {

    @Override
    public TargetState look(Order order) {
      return TargetState.of("not looked at");
    }

    @Override
    public ActionOutcome execute(Order order) throws InterruptedException {
      executions.add(order.targetId());
      actionMayEnd.await();
      return new ActionOutcome(true, OptionalInt.of(0), "exit code 0", Duration.ZERO);
    }
  }

  @BeforeEach
  void start() {
    HealingMetrics metrics = new HealingMetrics(new SimpleMeterRegistry());
    ActionRun.Parts parts =
        new ActionRun.Parts(
            log,
            Duration.ofSeconds(5),
            OpenExecutors.of(AUTO.actions(), new Slow()),
            0,
            clock,
            metrics);
    loop =
        new ResponderLoop(
            feed, new Healer(AUTO, new Ledger(), parts, workers), clock, metrics, () -> logEnded);
    thread = new Thread(loop);
    thread.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    loop.stop();
    thread.join(20_000);
    workers.shutdownNow();
    assertThat(thread.isAlive()).isFalse();
    assertThat(feed.closed.getCount()).isZero();
  }

  /** Each is newer than the one before. */
  private Feed.Batch probe(Health health) {
    Instant at = clock.instant().minusSeconds(1).plusMillis(++probes);
    return Feed.Batch.of(List.of(Examples.probe(health, at)), List.of());
  }

  private Feed.Batch plan(String id) {
    var plan = HealExamples.plan(id);
    plan.setNotAfter(clock.instant().plusSeconds(60));
    return Feed.Batch.of(List.of(), List.of(plan));
  }

  private void awaitOutcomes(HealOutcome... outcomes) {
    await().untilAsserted(() -> assertThat(log.outcomes()).containsExactly(outcomes));
  }

  @Test
  void commitsAPlanWhenItsIntentIsSafeAndReadsOnWhileTheActionRuns() {
    feed.arriving.add(probe(Health.DOWN));
    feed.arriving.add(plan("p"));
    awaitOutcomes(HealOutcome.INTENT);
    await().until(() -> feed.commits.get() == 1);
    feed.arriving.add(plan("q"));
    awaitOutcomes(HealOutcome.INTENT, HealOutcome.REFUSED);
    actionMayEnd.countDown();
    awaitOutcomes(HealOutcome.INTENT, HealOutcome.REFUSED, HealOutcome.EXECUTED);
    assertThat(executions).hasSize(1);
  }

  @Test
  void commitsACommandThatItCameToASecondTime() {
    feed.passed = true;
    await().until(() -> feed.commits.get() == 1);
    assertThat(feed.passed).isFalse();
  }

  @Test
  void doesNotCommitAPlanThatWaits() {
    feed.arriving.add(plan("p"));
    await().until(feed.arriving::isEmpty);
    feed.arriving.add(probe(Health.UNKNOWN));
    await().until(feed.arriving::isEmpty);
    assertThat(feed.commits).hasValue(0);
    feed.arriving.add(probe(Health.DOWN));
    awaitOutcomes(HealOutcome.INTENT);
    await().until(() -> feed.commits.get() == 1);
  }

  @Test
  void goesBackAndOnAfterAFailureToRead() {
    feed.arriving.add(new IllegalArgumentException("broken"));
    await().until(() -> feed.rewinds.get() == 1);
    feed.arriving.add(probe(Health.UP));
    feed.arriving.add(plan("p"));
    awaitOutcomes(HealOutcome.REFUSED);
    assertThat(loop.isRunning()).isTrue();
  }

  @Test
  void endsWhenAnotherResponderHasTakenOver() {
    feed.arriving.add(new FencedInstanceIdException("taken over"));
    await().until(() -> !loop.isRunning());
    assertThat(feed.rewinds).hasValue(0);
  }

  @Test
  void anInterruptWhileItClosesEndsItQuietly() throws Exception {
    List<Throwable> deaths = new CopyOnWriteArrayList<>();
    thread.setUncaughtExceptionHandler((dead, death) -> deaths.add(death));
    feed.interruptedWhileClosing = true;

    loop.stop();
    thread.join(20_000);

    assertThat(thread.isAlive()).isFalse();
    assertThat(loop.isRunning()).isFalse();
    assertThat(deaths).isEmpty();
  }
}
