package io.tocsin.alerting.healing.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
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
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    // Work that is given up before its thread has begun is not done at all.
    while (begun.getCount() > 0) {
      assertThatThrownBy(
              () ->
                  calls.call(
                      () -> {
                        begun.countDown();
                        try {
                          new CountDownLatch(1).await();
                        } finally {
                          interrupted.countDown();
                        }
                        return 0;
                      },
                      Duration.ofMillis(50)))
          .isInstanceOf(TimeoutException.class);
    }
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
  void whenTooManyHangFurtherOnesAreLateAtOnce() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    hang(16, end);
    assertThatThrownBy(() -> calls.call(() -> 7, PATIENT))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("too many calls hang already");
    end.countDown();
  }

  /** So many hang and no more: each is given up once it is known to have begun. */
  private void hang(int many, CountDownLatch end) throws InterruptedException {
    for (int i = 0; i < many; i++) {
      CountDownLatch begun = new CountDownLatch(1);
      AtomicReference<Throwable> answer = new AtomicReference<>();
      Thread caller =
          new Thread(
              () -> answer.set(catchThrowable(() -> calls.call(() -> deaf(begun, end), PATIENT))));
      caller.start();
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
      caller.interrupt();
      caller.join();
      assertThat(answer.get()).isInstanceOf(InterruptedException.class);
    }
  }

  /** Like a native call: does not heed interrupts. */
  private static int deaf(CountDownLatch begun, CountDownLatch end) {
    begun.countDown();
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
