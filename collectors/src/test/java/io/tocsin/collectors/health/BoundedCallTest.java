package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundedCallTest {

  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(10);

  @Test
  void whatTheWorkGivesOrThrowsComesBack() throws Exception {
    try (BoundedCall calls = new BoundedCall("test-bounded")) {
      assertThat(calls.call(() -> 7, LONG)).isEqualTo(7);
      assertThatThrownBy(
              () ->
                  calls.call(
                      () -> {
                        throw new IOException("no");
                      },
                      LONG))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void workThatHangsIsInterruptedAndTheNextIsDone() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    try (BoundedCall calls = new BoundedCall("test-bounded")) {
      isLateOnceBegun(
          calls,
          () -> {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              interrupted.set(true);
            }
            return 0;
          });

      assertThat(calls.call(() -> 7, LONG)).isEqualTo(7);
      assertThat(interrupted).isTrue();
    }
  }

  @Test
  void workThatCannotBeInterruptedHoldsOneThreadAndCallersForNoLongerThanTheyMay()
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger done = new AtomicInteger();
    try (BoundedCall calls = new BoundedCall("test-deaf")) {
      isLateOnceBegun(
          calls,
          () -> {
            while (!over.get()) {
              Thread.onSpinWait();
            }
            return done.incrementAndGet();
          });
      for (int call = 0; call < 3; call++) {
        assertThatThrownBy(() -> calls.call(done::incrementAndGet, SHORT))
            .isInstanceOf(TimeoutException.class);
      }
      long threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("test-deaf"))
              .count();
      assertThat(threads).isEqualTo(1);

      over.set(true);
      assertThat(calls.call(() -> 7, LONG)).isEqualTo(7);
      // Those that were given up were not done after all.
      assertThat(done).hasValue(1);
    }
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("test-deaf")));
  }

  /** Given again where a busy machine did not even begin it in so short a time. */
  private static void isLateOnceBegun(BoundedCall calls, Callable<Integer> work) {
    AtomicBoolean begun = new AtomicBoolean();
    while (!begun.get()) {
      assertThatThrownBy(
              () ->
                  calls.call(
                      () -> {
                        begun.set(true);
                        return work.call();
                      },
                      SHORT))
          .isInstanceOf(TimeoutException.class);
    }
  }
}
