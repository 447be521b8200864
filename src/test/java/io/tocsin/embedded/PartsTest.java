package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PartsTest {

  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private final PartListener listener =
      new PartListener() {
        @Override
        public void started(String part, Duration took, String address) {
          heard.add(part + " at " + address);
        }

        @Override
        public void died(PartFailure failure) {
          heard.add(failure.getMessage());
        }
      };

  @Test
  @Timeout(30)
  void startsAllAtTheSameTimeAndReportsEach() throws Exception {
    CyclicBarrier all = new CyclicBarrier(3);
    FakePart a = new FakePart("a", () -> all.await(10, TimeUnit.SECONDS));
    FakePart b = new FakePart("b", () -> all.await(10, TimeUnit.SECONDS));
    FakePart c = new FakePart("c", () -> all.await(10, TimeUnit.SECONDS));
    try (Parts parts = new Parts(List.of(a, b, c), listener, Duration.ofSeconds(5))) {
      parts.start();
    }
    assertThat(heard).containsExactlyInAnyOrder("a at here:a", "b at here:b", "c at here:c");
    assertThat(List.of(a, b, c)).allMatch(p -> p.closed);
  }

  @Test
  @Timeout(30)
  void oneThatDoesNotStartStopsTheOthersAndIsNamed() {
    FakePart good = new FakePart("good", () -> {});
    FakePart bad =
        new FakePart(
            "bad",
            () -> {
              throw new PartFailure("bad", "has no\n disk");
            });
    Parts parts = new Parts(List.of(good, bad), listener, Duration.ofSeconds(5));
    assertThatThrownBy(parts::start).isInstanceOf(PartFailure.class).hasMessage("bad: has no disk");
    assertThat(good.closed).isTrue();
  }

  @Test
  @Timeout(30)
  void onePartThatHangsWhileStoppingKeepsNobody() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    FakePart good = new FakePart("good", () -> {});
    FakePart stuck =
        new FakePart("stuck", () -> {}) {
          @Override
          public void close() {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    Parts parts = new Parts(List.of(stuck, good), listener, Duration.ofMillis(200));
    parts.start();
    parts.close();
    // The limit is short so that the test is; on a slow machine the good one needs longer.
    await().until(() -> good.closed);
    never.countDown();
  }

  private interface Start {
    void run() throws Exception;
  }

  private static class FakePart implements Part {

    private final String name;
    private final Start start;
    volatile boolean closed;

    FakePart(String name, Start start) {
      this.name = name;
      this.start = start;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void start() throws PartFailure {
      try {
        start.run();
      } catch (PartFailure e) {
        throw e;
      } catch (Exception e) {
        throw new PartFailure(name, "fake", e);
      }
    }

    @Override
    public String address() {
      return "here:" + name;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
