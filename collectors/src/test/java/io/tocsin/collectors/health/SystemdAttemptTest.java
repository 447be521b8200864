package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Problem;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.ProbeKind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checks of systemd units over a real bus, on which somebody plays systemd. */
@Timeout(90)
class SystemdAttemptTest {

  @TempDir Path folder;

  @Test
  void theStateOfAUnitIsToldWithItsReason() throws Exception {
    try (PrivateBus bus = new PrivateBus(folder);
        FakeSystemd systemd = new FakeSystemd(bus.address())) {
      systemd.service("shop.service", "active", "running", "success", 2);
      systemd.service("crashed.service", "failed", "failed", "core-dump", 5);
      systemd.service("slow.service", "activating", "start", "success", 0);
      systemd.unit(
          "shop.socket",
          Map.of("LoadState", "loaded", "ActiveState", "active", "SubState", "listening"));

      OnePass up = OnePass.of(unit(bus, "shop"));
      assertThat(up.told()).isEqualTo("UP shop.service is active (running), restarts 2");
      assertThat(up.probe().getKind()).isEqualTo(ProbeKind.SYSTEMD);
      assertThat(up.probe().getLatencyUs()).isPositive();
      assertThat(OnePass.of(unit(bus, "crashed.service")).told())
          .isEqualTo("DOWN crashed.service is failed (failed), result core-dump, restarts 5");
      assertThat(OnePass.of(unit(bus, "slow")).told())
          .isEqualTo("UNKNOWN slow.service is activating (start)");
      assertThat(OnePass.of(unit(bus, "shop.socket")).told())
          .isEqualTo("UP shop.socket is active (listening)");
      assertThat(OnePass.of(unit(bus, "nobody")).told())
          .isEqualTo("DOWN nobody.service is not loaded");
      OnePass denied = OnePass.of(unit(bus, "denied"));
      assertThat(denied.health()).isEqualTo(Health.UNKNOWN);
      assertThat(denied.reasons()).containsExactly(Problem.Reason.REFUSED);
    }
  }

  @Test
  void aBusThatGoesAwayAndComesBackIsUsedAgain() throws Exception {
    try (Collector collector = OnePass.collector(OnePass.patient(unit(folder, "shop")))) {
      for (int round = 0; round < 2; round++) {
        OnePass away = OnePass.of(collector);
        assertThat(away.told())
            .isEqualTo("UNKNOWN unix:path=" + folder.resolve("bus") + ": there is no D-Bus here");
        assertThat(away.reasons()).containsExactly(Problem.Reason.MISSING);
        try (PrivateBus bus = new PrivateBus(folder)) {
          OnePass empty = OnePass.of(collector);
          assertThat(empty.told()).endsWith("systemd is not on this bus");
          assertThat(empty.reasons()).containsExactly(Problem.Reason.MISSING);
          try (FakeSystemd systemd = new FakeSystemd(bus.address())) {
            systemd.service("shop.service", "active", "running", "success", 0);
            assertThat(OnePass.of(collector).health()).isEqualTo(Health.UP);
            systemd.service("shop.service", "inactive", "dead", "success", 0);
            assertThat(OnePass.of(collector).health()).isEqualTo(Health.DOWN);
          }
        }
      }
    }
  }

  @Test
  void aBusThatWasRestartedBetweenTwoPassesDoesNotCostOne() throws Exception {
    try (Collector collector = OnePass.collector(OnePass.patient(unit(folder, "shop")))) {
      for (int round = 0; round < 3; round++) {
        try (PrivateBus bus = new PrivateBus(folder);
            FakeSystemd systemd = new FakeSystemd(bus.address())) {
          systemd.service("shop.service", "active", "running", "success", round);
          assertThat(OnePass.of(collector).told()).startsWith("UP ");
        }
      }
    }
  }

  @Test
  void aBusThatSaysNothingIsUnknownInTimeAndIsHungUpOn() throws Exception {
    AtomicInteger hungUp = new AtomicInteger();
    Path socket = folder.resolve("bus");
    try (UnixServer silent =
            new UnixServer(
                socket,
                connection -> {
                  ByteBuffer sink = ByteBuffer.allocate(1024);
                  while (connection.read(sink.clear()) >= 0) {
                    // Takes everything, says nothing.
                  }
                  hungUp.incrementAndGet();
                });
        Collector collector = OnePass.collector(OnePass.check(unit(folder, "shop")))) {
      int passes = 0;
      // More than two where a busy machine did not even connect in so short a time.
      for (; passes < 2 || silent.accepted.get() < 2; passes++) {
        OnePass silence = OnePass.of(collector);
        assertThat(silence.told())
            .isEqualTo("UNKNOWN unix:path=" + socket + ": no answer within 400 ms");
        assertThat(silence.reasons()).containsExactly(Problem.Reason.DEADLINE);
      }
      await().until(() -> hungUp.get() == silent.accepted.get());
      assertThat(silent.accepted.get()).isBetween(2, passes);
    }
  }

  @Test
  void aBusThatSpeaksNoDbusIsUnknown() throws Exception {
    try (UnixServer other =
        new UnixServer(folder.resolve("bus"), UnixServer.answering("200 OK", "{}"))) {
      // Again where a busy machine did not even connect in so short a time.
      do {
        OnePass pass = OnePass.impatiently(unit(folder, "shop"));

        assertThat(pass.health()).isEqualTo(Health.UNKNOWN);
        assertThat(pass.problems()).hasSize(1);
      } while (other.accepted.get() == 0);
    }
    try (UnixServer garbage =
        new UnixServer(
            folder.resolve("bus"),
            socket -> {
              while (true) {
                UnixServer.write(socket, "\u0000\u001b garbage \r\n".repeat(100));
              }
            })) {
      do {
        assertThat(OnePass.impatiently(unit(folder, "shop")).health()).isEqualTo(Health.UNKNOWN);
      } while (garbage.accepted.get() == 0);
    }
  }

  private static Target unit(PrivateBus bus, String unit) {
    return new Target.Systemd(unit, bus.address());
  }

  private static Target unit(Path folder, String unit) {
    return new Target.Systemd(unit, "unix:path=" + folder.resolve("bus"));
  }
}
