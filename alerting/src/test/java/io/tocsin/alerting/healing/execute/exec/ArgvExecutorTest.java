package io.tocsin.alerting.healing.execute.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.alerting.healing.HealExamples;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against real processes. */
@Timeout(90)
class ArgvExecutorTest {

  @TempDir private Path temporary;

  private ActionOutcome run(Path directory, Duration timeout, String... argv)
      throws InterruptedException {
    Order order =
        new Order("restart-shop", HealExamples.SHOP, "shop", "plan-1", "incident-1", 1, 7, timeout);
    return new ArgvExecutor(new ExecSpec(List.of(argv), directory), temporary.resolve("out"))
        .execute(order);
  }

  private ActionOutcome run(String... argv) throws InterruptedException {
    return run(temporary, Duration.ofSeconds(20), argv);
  }

  private String output() throws IOException {
    return Files.readString(temporary.resolve("out/restart-shop.endpoint.shop.log"));
  }

  @Test
  void saysWhatTheProcessAnswered() throws Exception {
    assertThat(run("/bin/true").succeeded()).isTrue();
    assertThat(run("/bin/false"))
        .satisfies(
            outcome -> {
              assertThat(outcome.succeeded()).isFalse();
              assertThat(outcome.exitCode()).isEqualTo(OptionalInt.of(1));
              assertThat(outcome.reason()).isEqualTo("exit code 1");
            });
  }

  @Test
  void aMissingProgramIsAFailureWithAReason() throws Exception {
    ActionOutcome outcome = run("/no/such/program");
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.exitCode()).isEmpty();
    assertThat(outcome.reason()).contains("could not be started", "/no/such/program");
  }

  @Test
  void anOutputDirectoryThatCannotBeMadeIsAFailureWithAReason() throws Exception {
    Files.writeString(temporary.resolve("out"), "a file");
    assertThat(run("/bin/true").reason()).contains("could not be started", "out");
  }

  @Test
  void argumentsReachTheProgramAsTheyAre() throws Exception {
    run("/usr/bin/printf", "%s|", "$(id)", "; rm -rf x", "a  b", "*");
    assertThat(output()).isEqualTo("$(id)|; rm -rf x|a  b|*|");
  }

  @Test
  void theEnvironmentHoldsNothingButWhatIsPromised() throws Exception {
    run("/usr/bin/env");
    assertThat(output().lines().map(line -> line.substring(0, line.indexOf('='))))
        .containsExactlyInAnyOrder(
            "PATH",
            "HOME",
            "LANG",
            "TOCSIN_ACTION",
            "TOCSIN_TARGET",
            "TOCSIN_OBJECT",
            "TOCSIN_INCIDENT",
            "TOCSIN_EPOCH");
    assertThat(output().lines())
        .contains("TOCSIN_TARGET=endpoint/shop", "TOCSIN_INCIDENT=incident-1");
  }

  @Test
  void runsInItsDirectoryWithNothingToRead() throws Exception {
    run("/bin/sh", "-c", "cat; pwd");
    assertThat(output().strip()).isEqualTo(temporary.toRealPath().toString());
  }

  @Test
  void outputIsForItsOwnerOnly() throws Exception {
    run("/bin/true");
    Path file = temporary.resolve("out/restart-shop.endpoint.shop.log");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void theTailOfThisRunIsTheReason() throws Exception {
    run("/bin/echo", "earlier");
    ActionOutcome outcome = run("/bin/sh", "-c", "echo first; echo 'no such\tunit' >&2; exit 5");
    assertThat(outcome.reason()).isEqualTo("exit code 5; its output ends: first no such unit");
  }

  @Test
  void tenMegabytesOfOutputNeitherBlockNorFillTheDisk() throws Exception {
    Path file = temporary.resolve("out/restart-shop.endpoint.shop.log");
    // Its last words come after the file was cut: cut later, they would be gone with the rest.
    String cut = "while [ $(stat -c %s " + file + ") -gt 1048576 ]; do sleep 0.05; done";
    String write = "head -c 10000000 /dev/zero | tr '\\0' x; " + cut + "; echo; echo done";
    ActionOutcome outcome = run("/bin/sh", "-c", write);
    assertThat(outcome.succeeded()).isTrue();
    assertThat(outcome.reason()).endsWith("done").hasSizeLessThan(500);
    run("/bin/true");
    assertThat(output().length()).isLessThan(1024 * 1024 + 1);
  }

  @Test
  void theTimeoutKillsTheProcessAndItsChildren() throws Exception {
    Path pids = temporary.resolve("pids");
    String tree = "echo $$ > " + pids + "; sh -c 'echo $$ >> " + pids + "; sleep 60; :' ; :";
    // Long enough for both to have begun, though the machine is slow.
    Duration timeout = Duration.ofSeconds(6);
    ActionOutcome outcome = run(temporary, timeout, "/bin/sh", "-c", tree);
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.exitCode()).isEmpty();
    assertThat(outcome.reason()).contains("killed after its timeout of 6s");
    assertThat(outcome.took()).isBetween(timeout, Duration.ofSeconds(30));
    List<String> lines = Files.readAllLines(pids);
    assertThat(lines).hasSize(2);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(lines)
                    .noneMatch(
                        pid ->
                            ProcessHandle.of(Long.parseLong(pid))
                                .filter(ProcessHandle::isAlive)
                                .isPresent()));
  }

  @Test
  void aProcessThatIgnoresBeingAskedIsKilled() throws Exception {
    ActionOutcome outcome =
        run(
            temporary,
            Duration.ofMillis(200),
            "/bin/sh",
            "-c",
            "trap '' TERM; while :; do sleep 1; done");
    assertThat(outcome.reason()).contains("killed after its timeout");
    assertThat(outcome.took()).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void aServiceLeftBehindWithOurOutputOpenDoesNotHoldUsAndLivesOn() throws Exception {
    Path pid = temporary.resolve("pid");
    String leave = "(while :; do echo beat; sleep 0.05; done) & echo $! > " + pid;
    ActionOutcome outcome = run("/bin/sh", "-c", leave);
    ProcessHandle service =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    try {
      assertThat(outcome.succeeded()).isTrue();
      assertThat(outcome.took()).as("not its timeout").isLessThan(Duration.ofSeconds(20));
      int before = output().length();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(output().length()).isGreaterThan(before + 5));
      assertThat(service.isAlive()).isTrue();
    } finally {
      service.destroyForcibly();
    }
  }
}
