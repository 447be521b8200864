package io.tocsin.alerting.healing.execute.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.ByteSize;
import io.tocsin.alerting.healing.execute.Looks;
import io.tocsin.alerting.healing.execute.MemoryStep;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.execute.libvirt.LibvirtSpec.Operation;
import io.tocsin.alerting.healing.execute.libvirt.LibvirtSpec.VcpuStep;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the driver that libvirt's library has for tests. */
@Timeout(60)
class LibvirtExecutorTest {

  private static Order order(String planId) {
    return new Order(
        "heal-it",
        "vm/shop",
        TestDriver.DOMAIN,
        planId,
        "incident-1",
        1,
        7,
        Duration.ofSeconds(30));
  }

  private static ActionExecutor executor(Operation operation) {
    return new LibvirtExecutor(
        new LibvirtSpec(
            operation,
            TestDriver.URI,
            operation == Operation.VCPUS ? new VcpuStep(3, 8) : null,
            operation == Operation.MEMORY
                ? new MemoryStep(ByteSize.parse("5GiB"), ByteSize.parse("64GiB"))
                : null,
            operation == Operation.MIGRATE ? "test:///other" : null));
  }

  @Test
  void itIsSeenWithStateAndSize() throws Exception {
    try (TestDriver driver = new TestDriver();
        ActionExecutor executor = executor(Operation.RESET)) {
      TargetState running = Looks.seen(executor, order("plan-1"));
      assertThat(running.words()).isEqualTo("test is running, 2 virtual CPUs, 2048 MiB");
      assertThat(running.owner()).isEmpty();
      driver.suspend();
      TargetState paused = Looks.seen(executor, order("plan-1"));
      assertThat(paused.words()).startsWith("test is paused (by somebody)");
      assertThat(paused.owner()).contains("it is paused (by somebody)");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"REBOOT", "RESET", "MIGRATE"})
  void whatDoesNotRunIsNeitherResetNorMoved(Operation operation) throws Exception {
    try (TestDriver driver = new TestDriver();
        ActionExecutor executor = executor(operation)) {
      driver.destroy();
      ActionOutcome outcome = executor.execute(order("plan-1"));
      assertThat(outcome.succeeded()).isFalse();
      assertThat(outcome.reason())
          .isEqualTo("test is shut off (destroyed), and that is for what is running");
    }
  }

  @Test
  void whatRunsIsResetAndRebooted() throws Exception {
    try (TestDriver driver = new TestDriver();
        ActionExecutor reset = executor(Operation.RESET);
        ActionExecutor reboot = executor(Operation.REBOOT)) {
      assertThat(reset.execute(order("plan-1")).succeeded()).isTrue();
      assertThat(reboot.execute(order("plan-2")).reason()).contains("was asked to reboot");
      assertThat(driver.domain().condition().isRunning()).isTrue();
    }
  }

  @Test
  void aDomainIsNotGivenMoreThanItCanHave() throws Exception {
    try (TestDriver driver = new TestDriver();
        ActionExecutor vcpus = executor(Operation.VCPUS);
        ActionExecutor memory = executor(Operation.MEMORY)) {
      assertThat(vcpus.execute(order("plan-1")).reason())
          .isEqualTo("test has as many virtual CPUs as it may or can have: 2");
      assertThat(memory.execute(order("plan-2")).succeeded()).isTrue();
      assertThat(memory.execute(order("plan-3")).succeeded()).isTrue();
      assertThat(driver.domain().memory()).isEqualTo(new Domain.Memory(8L << 20, 8L << 20));
      assertThat(memory.execute(order("plan-4")).reason()).contains("as it may or can have");
    }
  }

  @Test
  void whatWasChangedWhileItRanIsNotPutBackOnceItDoesNot() throws Exception {
    try (TestDriver driver = new TestDriver();
        ActionExecutor memory = executor(Operation.MEMORY)) {
      TargetState seen = Looks.seen(memory, order("plan-1"));
      assertThat(memory.execute(order("plan-1")).succeeded()).isTrue();
      driver.destroy();
      assertThat(memory.compensate(order("plan-1"), seen).orElseThrow().reason())
          .contains("shut off (destroyed) now", "not in force any more");
    }
  }

  @Test
  void aMigrationThatIsNotPossibleIsAFailureWithAReason() throws Exception {
    try (TestDriver driver = new TestDriver();
        ActionExecutor migrate = executor(Operation.MIGRATE)) {
      ActionOutcome outcome = migrate.execute(order("plan-1"));
      assertThat(outcome.succeeded()).isFalse();
      assertThat(outcome.reason()).startsWith("test: migrate to test:///other: ");
      assertThat(driver.domain().condition().isRunning()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, false, false",
    "1, 1, true, true",
    "3, 1, false, true",
    "3, 2, false, true",
    "3, 3, false, true",
    "3, 5, false, false",
    "3, 10, false, false",
    "5, 1, false, false",
    "5, 2, false, false",
    "5, 4, false, true",
    "5, 5, false, true",
    "6, 1, false, false",
    "99, 99, false, false"
  })
  void whoeverMovesSavesOrHoldsItIsItsOwner(int state, int reason, boolean job, boolean owned) {
    DomainCondition condition = new DomainCondition(state, reason, job);
    assertThat(condition.owner().isPresent()).isEqualTo(owned);
    assertThat(condition.words()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qemu+ext:///system?command=/bin/sh",
        "/var/run/libvirt",
        "qemu:///system\n",
        "file://a b",
        ""
      })
  void anUriThatRunsAProgramOrIsNoneIsRefused(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LibvirtSpec(Operation.START, uri, null, null, null))
        .withMessageContaining("uri must look like");
  }

  @Test
  void keysAreForTheirOperation() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LibvirtSpec(Operation.VCPUS, null, null, null, null))
        .withMessageContaining("operation vcpus needs vcpus, such as {by: 1, most: 4}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LibvirtSpec(Operation.START, null, null, null, "qemu://b/system"))
        .withMessageContaining("migrate-to is for operation migrate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VcpuStep(1, null))
        .withMessageContaining("vcpus.most");
  }
}
