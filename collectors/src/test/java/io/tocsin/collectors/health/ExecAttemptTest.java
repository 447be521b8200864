package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Problem;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.ProbeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checks that run real programs, most of them ill-mannered. */
@Timeout(60)
class ExecAttemptTest {

  @TempDir Path folder;

  @Test
  void exitCode0IsUpWithWhatItSaid() throws Exception {
    OnePass pass = OnePass.of(shell("echo all is fine"));

    assertThat(pass.told()).isEqualTo("UP exited with 0: all is fine");
    assertThat(pass.probe().getKind()).isEqualTo(ProbeKind.EXEC);
    assertThat(pass.probe().getLatencyUs()).isPositive();
    assertThat(pass.problems()).isEmpty();
  }

  @Test
  void anotherExitCodeIsDownWithWhatItSaidOnEitherStream() throws Exception {
    assertThat(OnePass.of(shell("echo one; echo two >&2; exit 2")).told())
        .isEqualTo("DOWN exited with 2: one\\ntwo");
    assertThat(OnePass.of(shell("kill -9 $$")).told()).isEqualTo("DOWN exited with 137");
  }

  @Test
  void anExitCodeThatMeansUnknownIsUnknown() throws Exception {
    Target nagios = new Target.Exec(argv("echo no route; exit 3"), null, List.of(3));

    assertThat(OnePass.of(nagios).told()).isEqualTo("UNKNOWN exited with 3: no route");
    assertThat(OnePass.of(shell("exit 3")).health()).isEqualTo(Health.DOWN);
  }

  @Test
  void aProgramThatHangsIsKilledWithItsDescendantsAndIsDown() throws Exception {
    Path pids = folder.resolve("pids");
    String script =
        "echo starting; (echo $BASHPID > %s.child; sh -c 'echo $$ > %s; exec sleep 600' & wait) & wait"
            .formatted(pids, pids);

    Target bash = new Target.Exec(List.of("bash", "-c", script), null, null);
    OnePass pass;
    try (Collector collector = untilItHasWritten(pids, bash)) {
      pass = OnePass.of(collector);
    }

    assertThat(pass.told()).isEqualTo("DOWN did not end within 400 ms and was killed: starting");
    assertThat(pass.probe().getLatencyUs()).isNull();
    long grandchild = Long.parseLong(Files.readString(pids).strip());
    await().until(() -> !isRunning(grandchild));
  }

  @Test
  void whatAProgramLeavesBehindKeepsNobodyWaiting() throws Exception {
    Path pid = folder.resolve("pid");
    try {
      OnePass pass = OnePass.of(shell("echo done; sleep 600 & echo $! > " + pid));

      assertThat(pass.told()).isEqualTo("UP exited with 0: done");
    } finally {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void aLotOfOutputIsTakenAndItsBeginningKept() throws Exception {
    OnePass pass = OnePass.of(shell("echo first; head -c 10000000 /dev/zero | tr '\\0' x; exit 1"));

    assertThat(pass.told()).startsWith("DOWN exited with 1: first\\nxxxx").endsWith("x…");
    assertThat(pass.probe().getEvidence()).hasSizeLessThanOrEqualTo(Evidence.LIMIT);
  }

  @Test
  void endlessOutputDoesNotKeepTheNextProgramFromStartingAfresh() throws Exception {
    Path much = folder.resolve("much");
    // Slow in the end, or a machine that is busy elsewhere would find its disk full.
    String script = "yes | head -c 200000; echo x > %s; while :; do echo y; done".formatted(much);
    try (Collector collector = untilItHasWritten(much, shell(script))) {
      assertThat(OnePass.of(collector).told())
          .startsWith("DOWN did not end within 400 ms and was killed: y\\ny");
      Files.delete(much);
      // The next program begins with an empty file.
      assertThat(OnePass.of(collector).told()).contains("killed: y\\ny");
    }
  }

  /** The time of a program is up once it has written to a file, however long that takes. */
  private static Collector untilItHasWritten(Path file, Target target) {
    return endedWhen(target, () -> file.toFile().length() > 0);
  }

  private static Collector endedWhen(Target target, BooleanSupplier timeIsUp) {
    LongSupplier nanos = () -> timeIsUp.getAsBoolean() ? OnePass.TIMEOUT.toNanos() : 0;
    return new HealthCollector(
        OnePass.check(target),
        new ExecAttempt((Target.Exec) target, nanos),
        Clock.systemUTC(),
        System::nanoTime);
  }

  @Test
  void endlessOutputIsCutWhileItIsWritten() throws Exception {
    // It tells where its output goes: other tests have such files too.
    Path name = folder.resolve("name");
    AtomicBoolean wasCut = new AtomicBoolean();
    String where = "f=$(readlink /proc/$$/fd/1); echo $f > " + name;
    Target endless = shell(where + "; while :; do echo y; done");
    Collector collector = endedWhen(endless, wasCut::get);
    Thread pass = new Thread(() -> assertThatCode(collector::collect).doesNotThrowAnyException());
    pass.start();
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(name) && Files.size(name) > 0);
    Path output = Path.of(Files.readString(name).strip());

    AtomicLong largest = new AtomicLong();
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              long size = Files.size(output);
              return size < largest.getAndAccumulate(size, Math::max);
            });
    wasCut.set(true);
    pass.join();
    collector.close();
  }

  @Test
  void outputThatIsNoTextIsShownAsText() throws Exception {
    OnePass pass = OnePass.of(shell("printf '\\033[31m\\377\\000\\303'; exit 1"));

    assertThat(pass.told()).isEqualTo("DOWN exited with 1: \\u001b[31m\ufffd\\u0000\ufffd");
  }

  @Test
  void argumentsAreNotInterpreted() throws Exception {
    Path never = folder.resolve("never");
    Target echo =
        new Target.Exec(List.of("echo", "$(touch " + never + ")", "; id", "`id`"), null, null);

    assertThat(OnePass.of(echo).told())
        .isEqualTo("UP exited with 0: $(touch " + never + ") ; id `id`");
    assertThat(never).doesNotExist();
  }

  @Test
  void theEnvironmentHoldsNothingOfOurs() throws Exception {
    OnePass pass = OnePass.of(new Target.Exec(List.of("/usr/bin/env"), null, null));

    assertThat(pass.probe().getEvidence().replaceFirst(".*: ", "").split("\\\\n"))
        .allMatch(line -> line.matches("(PATH|HOME|LANG)=.*"));
  }

  @Test
  void nothingCanBeReadFromTheTerminal() throws Exception {
    assertThat(OnePass.of(shell("read x || echo nothing")).told()).endsWith(": nothing");
  }

  @Test
  void itRunsWhereItIsTold() throws Exception {
    Target pwd = new Target.Exec(List.of("pwd"), folder.toRealPath(), null);

    assertThat(OnePass.of(pwd).told()).endsWith(": " + folder.toRealPath());
  }

  @Test
  void aProgramThatCannotBeStartedIsUnknownAndAProblem() throws Exception {
    Path plain = Files.writeString(folder.resolve("plain"), "x");

    OnePass missing = OnePass.of(new Target.Exec(List.of("/no/such/program"), null, null));
    OnePass notExecutable = OnePass.of(new Target.Exec(List.of(plain.toString()), null, null));
    OnePass nowhere = OnePass.of(new Target.Exec(List.of("pwd"), folder.resolve("no"), null));

    assertThat(missing.told()).isEqualTo("UNKNOWN /no/such/program: there is no such program");
    assertThat(missing.reasons()).containsExactly(Problem.Reason.MISSING);
    assertThat(notExecutable.health()).isEqualTo(Health.UNKNOWN);
    assertThat(notExecutable.reasons()).containsExactly(Problem.Reason.REFUSED);
    assertThat(nowhere.told())
        .endsWith("its working-directory " + folder.resolve("no") + " is missing");
  }

  @Test
  void theFileOfItsOutputIsTidiedAway() throws Exception {
    Collector collector = OnePass.collector(OnePass.patient(shell("readlink /proc/$$/fd/1")));
    Path file = Path.of(OnePass.of(collector).probe().getEvidence().replaceFirst(".*: ", ""));
    assertThat(file).exists();

    // Somebody tidies the directory of temporary files.
    Files.delete(file);
    Path another = Path.of(OnePass.of(collector).probe().getEvidence().replaceFirst(".*: ", ""));
    assertThat(another).exists().isNotEqualTo(file);

    collector.close();
    assertThat(another).doesNotExist();
  }

  @Test
  void anInterruptEndsThePassAndTheProgram() throws Exception {
    Path pid = folder.resolve("pid");
    Collector collector =
        OnePass.collector(OnePass.patient(shell("echo $$ > " + pid + "; exec sleep 600")));
    List<Throwable> thrown = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                collector.collect();
              } catch (Exception e) {
                thrown.add(e);
              }
            });
    thread.start();
    await().until(() -> Files.exists(pid) && Files.size(pid) > 0);

    thread.interrupt();
    thread.join();

    assertThat(thrown).hasOnlyElementsOfType(InterruptedException.class).hasSize(1);
    long program = Long.parseLong(Files.readString(pid).strip());
    await().until(() -> !isRunning(program));
    collector.close();
  }

  /** A zombie that nobody waits for does not run. */
  private static boolean isRunning(long pid) {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      return !Files.readString(stat).contains(") Z ");
    } catch (IOException gone) {
      // Where it ends between opening and reading, that is what reading says.
      return false;
    }
  }

  private static Target shell(String script) {
    return new Target.Exec(argv(script), null, null);
  }

  private static List<String> argv(String script) {
    return List.of("/bin/sh", "-c", script);
  }
}
