package io.tocsin.alerting.healing.execute.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Looks;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.systemd.SystemdSpec.Operation;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a real bus; who plays systemd looks after real processes. */
@Timeout(60)
class SystemdExecutorTest {

  @TempDir Path folder;

  private static Order order(String unit) {
    return new Order(
        "heal-it", "service/shop", unit, "plan-1", "incident-1", 1, 7, Duration.ofSeconds(30));
  }

  private static ActionExecutor executor(PrivateBus bus, Operation operation) {
    return new SystemdExecutor(new SystemdSpec(operation, bus.address()));
  }

  @Test
  void aServiceWhoseProcessHasDiedIsRunningAgain() throws Exception {
    try (PrivateBus bus = new PrivateBus(folder);
        FakeSystemd systemd = new FakeSystemd(bus.address());
        ActionExecutor executor = executor(bus, Operation.RESTART)) {
      FakeSystemd.Service shop = systemd.service("shop.service", true);
      shop.crash();
      await().until(() -> !shop.isRunning());
      assertThat(Looks.seen(executor, order("shop.service")).words())
          .isEqualTo("shop.service is failed (failed), result exit-code");

      ActionOutcome outcome = executor.execute(order("shop.service"));

      assertThat(outcome.succeeded()).as(outcome.reason()).isTrue();
      assertThat(outcome.reason())
          .isEqualTo("systemd restart: job done; shop.service is active (running)");
      assertThat(shop.isRunning()).isTrue();
    }
  }

  @Test
  void aRestartReplacesTheProcessEveryTime() throws Exception {
    try (PrivateBus bus = new PrivateBus(folder);
        FakeSystemd systemd = new FakeSystemd(bus.address());
        ActionExecutor executor = executor(bus, Operation.RESTART)) {
      FakeSystemd.Service shop = systemd.service("shop.service", true);
      for (int round = 0; round < 4; round++) {
        long pid = shop.pid();
        assertThat(executor.execute(order("shop.service")).succeeded()).isTrue();
        assertThat(shop.pid()).isPositive().isNotEqualTo(pid);
      }
    }
  }

  @Test
  void aServiceThatSystemdRestartsItselfHasAnOwner() throws Exception {
    try (PrivateBus bus = new PrivateBus(folder);
        FakeSystemd systemd = new FakeSystemd(bus.address());
        ActionExecutor executor = executor(bus, Operation.RESTART)) {
      FakeSystemd.Service shop = systemd.service("shop.service", false);
      assertThat(Looks.seen(executor, order("shop.service")).owner()).isEmpty();
      shop.show("auto-restart");
      assertThat(Looks.seen(executor, order("shop.service")).owner())
          .contains("systemd restarts it itself (Restart=on-failure)");
      assertThat(Looks.seen(executor, order("shop.service")).words())
          .endsWith("restarted by systemd 4 times");
    }
  }

  @Test
  void aJobThatFailsIsAFailureInItsWords() throws Exception {
    try (PrivateBus bus = new PrivateBus(folder);
        FakeSystemd systemd = new FakeSystemd(bus.address());
        ActionExecutor executor = executor(bus, Operation.START)) {
      systemd.service("shop.service", false).failJobs("dependency");
      ActionOutcome outcome = executor.execute(order("shop.service"));
      assertThat(outcome.succeeded()).isFalse();
      assertThat(outcome.reason()).contains("job dependency", "shop.service is failed");
    }
  }

  @Test
  void whatMayNotBeDoneSaysWhatIsMissing() throws Exception {
    try (PrivateBus bus = new PrivateBus(folder);
        ActionExecutor executor = executor(bus, Operation.RESTART)) {
      assertThat(executor.execute(order("shop.service")).reason())
          .contains("systemd is not on the bus");
      try (FakeSystemd systemd = new FakeSystemd(bus.address())) {
        systemd.service("denied.service", false);
        assertThat(executor.execute(order("denied.service")).reason())
            .contains("denied.service", "polkit rule");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.service",
        "getty@tty1.service",
        "dev-disk-by\\x2duuid.swap",
        "a.b:c_d.timer",
        "_x.socket"
      })
  void namesOfUnitsAreTakenAsTheyAre(String unit) {
    assertThatCode(() -> new SystemdSpec(Operation.START, null).checkObject(unit))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"shop", "shop.scope", "-shop.service", "a/b.service", "a\\b.service", ".service"})
  void otherNamesAreNot(String unit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SystemdSpec(Operation.START, null).checkObject(unit));
  }

  @Test
  void aBusIsOneOfThree() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SystemdSpec(Operation.START, "tcp:host=10.0.0.1"))
        .withMessageContaining("bus must be system, session");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SystemdSpec(null, null))
        .withMessageContaining("operation is missing");
  }
}
