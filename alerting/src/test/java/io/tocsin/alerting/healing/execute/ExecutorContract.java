package io.tocsin.alerting.healing.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.alerting.outbound.OutboundHttp;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every executor promises, whatever it acts on. A plug-in passes it once for each of its
 * operations: extend it and give it the other side, well and in trouble.
 */
@Timeout(120)
public abstract class ExecutorContract {

  private static final int LONGEST_REASON = 300;

  /** For what has to come to its end well. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  /** For what is made to hang. */
  private static final Duration IMPATIENT = Duration.ofSeconds(1);

  private static final Duration LOOK_LIMIT = Duration.ofSeconds(2);

  /** What a timeout may be missed by, as the interface promises. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** What a busy machine may add: a call that hangs for ever is beyond it all the same. */
  private static final Duration BUSY_MACHINE = Duration.ofSeconds(10);

  @TempDir protected Path temporary;

  /** Another side that is well. Skips the test if a real part of it is missing. */
  protected abstract ExecutorWorld world() throws Exception;

  /** One in trouble; empty if it cannot be in such. */
  protected abstract Optional<ExecutorWorld> world(Trouble trouble) throws Exception;

  /** What executors are opened with; one that calls others brings an {@link OutboundHttp}. */
  protected ExecutorContext context() {
    OutboundHttp nowhere = call -> new OutboundHttp.Answer.Unreachable("not in this test");
    return new ExecutorContext(
        temporary.resolve("out"),
        nowhere,
        Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC));
  }

  /** An order to do it to that object. */
  protected static Order order(String object, String planId, Duration timeout) {
    return new Order("heal-it", "endpoint/shop", object, planId, "incident-1", 1, 7, timeout);
  }

  private static Order order(ExecutorWorld world) {
    return order(world.object(), "plan-1", PATIENT);
  }

  @Test
  void itsKindIsKnownWithASchemaAndASample() throws Exception {
    try (ExecutorWorld world = world()) {
      ExecutorSpec spec = world.spec();
      assertThat(ExecutorKinds.all().get(spec.kind())).isEqualTo(spec.getClass());
      assertPlain(spec.title());
      for (String file : new String[] {"config.schema.json", "sample.yaml"}) {
        try (InputStream text = ExecutorKinds.class.getResourceAsStream(spec.kind() + "/" + file)) {
          assertThat(text).as(file).isNotNull();
        }
      }
      spec.checkObject(world.object());
      world.missing().ifPresent(spec::checkObject);
    }
  }

  @Test
  void lookingChangesNothing() throws Exception {
    try (ExecutorWorld world = world();
        ActionExecutor executor = world.spec().open(context())) {
      Object before = world.state();
      assertPlain(executor.look(order(world)));
      assertPlain(executor.look(order(world)));
      assertThat(world.state()).isEqualTo(before);
    }
  }

  @Test
  void executingDoesItAndSaysSo() throws Exception {
    try (ExecutorWorld world = world();
        ActionExecutor executor = world.spec().open(context())) {
      Object before = world.state();
      ActionOutcome outcome = executor.execute(order(world));
      assertPlain(outcome);
      assertThat(outcome.succeeded()).as(outcome.reason()).isTrue();
      assertThat(world.state()).isNotEqualTo(before);
    }
  }

  @Test
  void aMissingObjectIsAnOutcomeThatNamesIt() throws Exception {
    try (ExecutorWorld world = world();
        ActionExecutor executor = world.spec().open(context())) {
      String missing = world.missing().orElseGet(() -> abort("it has no other side"));
      Object before = world.state();
      Order order = order(missing, "plan-1", PATIENT);
      assertPlain(executor.look(order));
      ActionOutcome outcome = executor.execute(order);
      assertPlain(outcome);
      assertThat(outcome.succeeded()).isFalse();
      assertThat(outcome.reason()).contains(missing);
      assertThat(world.state()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void troubleOnTheOtherSideIsAnOutcomeInTime(Trouble trouble) throws Exception {
    try (ExecutorWorld world = world(trouble).orElseGet(() -> abort("it cannot be " + trouble));
        ActionExecutor executor = world.spec().open(context())) {
      Order order = order(world.object(), "plan-1", IMPATIENT);

      long began = System.nanoTime();
      ActionOutcome outcome = executor.execute(order);
      assertWithin(IMPATIENT.plus(GRACE), began);

      assertPlain(outcome);
      assertThat(outcome.succeeded()).isFalse();
      assertThat(outcome.took()).isBetween(Duration.ZERO, sinceThen(began));

      began = System.nanoTime();
      TargetState seen = executor.look(order);
      assertWithin(LOOK_LIMIT, began);
      assertPlain(seen);

      began = System.nanoTime();
      executor.compensate(order, seen).ifPresent(ExecutorContract::assertPlain);
      assertWithin(IMPATIENT.plus(GRACE), began);
    }
  }

  static Stream<String> hostile() {
    return Stream.of(
        "",
        " ",
        "$(id)",
        "`id`",
        "; rm -rf x",
        "a;b",
        "a|b",
        "a b",
        "a\nb",
        "a\n",
        "a\r\nHost: b",
        "a\0b",
        "a\u202eb",
        "-rf",
        "--all",
        "../x",
        "a/../../x",
        "..",
        "%2e%2e",
        "a?b=c",
        "a#b",
        "a\\b",
        "a\"b",
        "<b>a</b>",
        "x".repeat(64 * 1024));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void aHostileObjectIsRefusedAndNothingIsDone(String object) throws Exception {
    try (ExecutorWorld world = world();
        ActionExecutor executor = world.spec().open(context())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> world.spec().checkObject(object))
          .satisfies(refusal -> assertPlain(refusal.getMessage()));

      // No configuration lets it through; were there a hole, the executor would still refuse.
      Object before = world.state();
      Order order = order(object, "plan-1", PATIENT);
      assertPlain(executor.look(order));
      ActionOutcome outcome = executor.execute(order);
      assertPlain(outcome);
      assertThat(outcome.succeeded()).isFalse();
      assertThat(world.state()).isEqualTo(before);
    }
  }

  @Test
  void aPlanThatIsExecutedTwiceDoesNotDoTwiceAsMuch() throws Exception {
    try (ExecutorWorld world = world();
        ActionExecutor executor = world.spec().open(context())) {
      assumeTrue(world.adds(), "doing it twice is as good as once");
      assertThat(executor.execute(order(world)).succeeded()).isTrue();
      Object once = world.state();
      ActionOutcome again = executor.execute(order(world));
      assertPlain(again);
      assertThat(world.state()).isEqualTo(once);
    }
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    try (ExecutorWorld world =
            world(Trouble.HANGING).orElseGet(() -> abort("it cannot be kept waiting"));
        ActionExecutor executor = world.spec().open(context())) {
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread thread =
          new Thread(
              () ->
                  end.set(
                      catchThrowable(
                          () -> executor.execute(order(world.object(), "plan-1", PATIENT)))));
      thread.start();
      thread.join(300);
      long began = System.nanoTime();
      thread.interrupt();
      thread.join(PATIENT.toMillis());
      assertWithin(GRACE, began);
      assertThat(thread.isAlive()).isFalse();
      assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void compensationRestoresWhatWasSeenBefore() throws Exception {
    try (ExecutorWorld world = world();
        ActionExecutor executor = world.spec().open(context())) {
      Object before = world.state();
      TargetState seen = Looks.seen(executor, order(world));
      assertThat(executor.execute(order(world)).succeeded()).isTrue();
      Object after = world.state();
      Optional<ActionOutcome> outcome = executor.compensate(order(world), seen);
      outcome.ifPresent(ExecutorContract::assertPlain);
      assertThat(outcome.isPresent()).isEqualTo(world.compensates());
      if (world.compensates()) {
        assertThat(outcome.get().succeeded()).as(outcome.get().reason()).isTrue();
        assertThat(world.state()).isEqualTo(before);
        executor.compensate(order(world), seen).ifPresent(ExecutorContract::assertPlain);
        assertThat(world.state()).as("a second time").isEqualTo(before);
      } else {
        assertThat(world.state()).isEqualTo(after);
      }
    }
  }

  @Test
  void compensationWithoutHavingSeenAnythingInventsNothing() throws Exception {
    try (ExecutorWorld world = world();
        ActionExecutor executor = world.spec().open(context())) {
      Object before = world.state();
      executor
          .compensate(order(world), TargetState.of("not seen"))
          .ifPresent(ExecutorContract::assertPlain);
      assertThat(world.state()).isEqualTo(before);
    }
  }

  private static void assertPlain(ActionOutcome outcome) {
    assertPlain(outcome.reason());
    assertThat(outcome.took()).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  private static void assertPlain(TargetState state) {
    assertPlain(state.words());
    state.owner().ifPresent(ExecutorContract::assertPlain);
  }

  private static void assertPlain(String line) {
    assertThat(line).isNotBlank().hasSizeLessThanOrEqualTo(LONGEST_REASON);
    assertThat(line).isEqualTo(PlainText.head(line, LONGEST_REASON));
  }

  private static void assertWithin(Duration limit, long began) {
    assertThat(sinceThen(began)).isLessThan(limit.plus(BUSY_MACHINE));
  }

  private static Duration sinceThen(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
