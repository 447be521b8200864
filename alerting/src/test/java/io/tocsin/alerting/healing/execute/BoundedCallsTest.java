package io.tocsin.alerting.healing.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundedCallsTest {

  private static final Duration PATIENT = Duration.ofSeconds(30);

  private final BoundedCalls calls = new BoundedCalls("bounded-test");

  @Test
  void givesWhatTheWorkGivesAndThrowsWhatItThrows() throws Exception {
    assertThat(calls.call(() -> 7, PATIENT)).isEqualTo(7);
    assertThatThrownBy(
            () ->
                calls.call(
                    () -> {
                      throw new IOException("gone");
                    },
                    PATIENT))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("gone");
  }

  @Test
  void workThatIsLateIsInterrupted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                calls.call(
                    () -> {
                      try {
                        new CountDownLatch(1).await();
                      } finally {
                        interrupted.countDown();
                      }
                      return 0;
                    },
                    Duration.ofMillis(50)))
        .isInstanceOf(TimeoutException.class);
    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void callsThatHangForEverHoldNoOtherUp() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    hang(15, end);
    assertThat(calls.call(() -> 7, PATIENT)).isEqualTo(7);
    end.countDown();
  }

  @Test
  void whenTooManyHangFurtherOnesAreLateAtOnce() {
    CountDownLatch end = new CountDownLatch(1);
    hang(16, end);
    assertThatThrownBy(() -> calls.call(() -> 7, PATIENT))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("too many calls hang already");
    end.countDown();
  }

  private void hang(int many, CountDownLatch end) {
    AtomicInteger begun = new AtomicInteger();
    // One that is given up before its thread has begun does not hang.
    while (begun.get() < many) {
      assertThatThrownBy(() -> calls.call(() -> deaf(begun, end), Duration.ofMillis(20)))
          .isInstanceOf(TimeoutException.class);
    }
  }

  /** Like a native call: does not heed interrupts. */
  private static int deaf(AtomicInteger begun, CountDownLatch end) {
    begun.incrementAndGet();
    while (true) {
      try {
        end.await();
        return 0;
      } catch (InterruptedException heard) {
        // and not heeded
      }
    }
  }
}
