package io.tocsin.alerting.healing.execute.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.ByteSize;
import io.tocsin.alerting.healing.execute.MemoryStep;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.execute.libvirt.LibvirtSpec.Operation;
import io.tocsin.alerting.healing.execute.libvirt.LibvirtSpec.VcpuStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a real QEMU under a real libvirtd. */
@Timeout(300)
class LibvirtExecutorITCase {

  private static RealDomain domain;

  @TempDir Path folder;

  @BeforeAll
  static void define() throws IOException {
    domain = new RealDomain("tocsin-heal-");
  }

  @AfterAll
  static void undefine() throws IOException {
    if (domain != null) {
      domain.close();
    }
  }

  @AfterEach
  void stop() {
    domain.stop();
  }

  private static Order order(String planId, Duration timeout) {
    return new Order("heal-it", "vm/it", domain.name(), planId, "incident-1", 1, 7, timeout);
  }

  private static Order order() {
    return order("plan-1", Duration.ofSeconds(60));
  }

  private static ActionExecutor executor(Operation operation) {
    return new LibvirtExecutor(
        new LibvirtSpec(
            operation,
            RealDomain.URI,
            operation == Operation.VCPUS ? new VcpuStep(1, 4) : null,
            operation == Operation.MEMORY
                ? new MemoryStep(ByteSize.parse("48MiB"), ByteSize.parse("100MiB"))
                : null,
            null));
  }

  private static void assertSucceeded(ActionOutcome outcome) {
    assertThat(outcome.succeeded()).as(outcome.reason()).isTrue();
  }

  @Test
  void aDomainThatWasDestroyedIsStarted() throws Exception {
    try (ActionExecutor executor = executor(Operation.START)) {
      domain.start();
      domain.destroy();
      TargetState seen = executor.look(order());
      assertThat(seen.words())
          .isEqualTo(domain.name() + " is shut off (destroyed), 1 virtual CPUs, 64 MiB");
      assertThat(seen.owner()).isEmpty();

      assertSucceeded(executor.execute(order()));

      assertThat(domain.state()).isEqualTo("running");
      assertThat(executor.execute(order()).reason()).contains("was running already");
    }
  }

  @Test
  void aDomainIsResetAndRunsOn() throws Exception {
    try (ActionExecutor executor = executor(Operation.RESET)) {
      assertThat(executor.execute(order()).reason()).contains("that is for what is running");
      domain.start();
      Path events = folder.resolve("events");
      Process listener =
          new ProcessBuilder(
                  "virsh",
                  "-c",
                  RealDomain.URI,
                  "event",
                  domain.name(),
                  "reboot",
                  "--timeout",
                  "60")
              .redirectErrorStream(true)
              .redirectOutput(events.toFile())
              .start();
      try {
        // The listener does not say when it has begun to listen, so there may be more resets.
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(
                () -> {
                  assertSucceeded(executor.execute(order()));
                  listener.waitFor(1, TimeUnit.SECONDS);
                  assertThat(Files.readString(events)).contains("event 'reboot'");
                });
      } finally {
        listener.destroyForcibly();
      }
      assertThat(domain.state()).isEqualTo("running");
    }
  }

  @Test
  void whatIsShutOffGrowsForItsNextStartAndShrinksBack() throws Exception {
    try (ActionExecutor vcpus = executor(Operation.VCPUS);
        ActionExecutor memory = executor(Operation.MEMORY)) {
      TargetState seen = vcpus.look(order());
      assertSucceeded(vcpus.execute(order()));
      assertSucceeded(memory.execute(order()));
      assertThat(vcpus.look(order()).words()).endsWith("2 virtual CPUs, 100 MiB");
      assertThat(vcpus.execute(order("plan-2", Duration.ofSeconds(60))).succeeded()).isFalse();

      assertSucceeded(vcpus.compensate(order(), seen).orElseThrow());
      assertSucceeded(memory.compensate(order(), seen).orElseThrow());
      assertThat(vcpus.look(order()).words()).endsWith("1 virtual CPUs, 64 MiB");
    }
  }

  @Test
  void whatRunsIsGivenMoreAsItRuns() throws Exception {
    try (ActionExecutor vcpus = executor(Operation.VCPUS);
        ActionExecutor memory = executor(Operation.MEMORY)) {
      domain.start();
      TargetState seen = vcpus.look(order());
      assertSucceeded(vcpus.execute(order()));
      assertThat(vcpus.look(order()).words()).contains("2 virtual CPUs");
      // Nobody within it takes part: no balloon has taken memory from it, and a CPU may be kept.
      assertThat(memory.execute(order()).reason())
          .contains("has as many KiB of memory as it may or can have: 131072");
      ActionOutcome back = vcpus.compensate(order(), seen).orElseThrow();
      assertThat(back.reason()).isNotBlank();
      assertThat(domain.state()).isEqualTo("running");
    }
  }

  @Test
  void aDomainWhoseQemuHangsIsAnOutcomeInTimeAndItsStateIsSeen() throws Exception {
    try (ActionExecutor executor = executor(Operation.RESET)) {
      domain.start();
      domain.signal("STOP");
      long began = System.nanoTime();
      ActionOutcome outcome = executor.execute(order("plan-1", Duration.ofSeconds(2)));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
      assertThat(outcome.succeeded()).isFalse();
      assertThat(outcome.reason()).contains("no answer about " + domain.name());
      assertThat(executor.look(order()).words())
          .startsWith(domain.name() + " is running; its size is not seen");
    }
  }
}
