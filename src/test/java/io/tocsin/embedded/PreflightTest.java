package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {

  @TempDir Path temp;

  private final Ports ports = Ports.free();

  @Test
  void passesOnAFitMachineAndMakesADirectoryForItsOwnerOnly() throws Exception {
    DataDirectory data = new DataDirectory(temp.resolve("new/data"));
    try (DataLock lock = preflight(data).pass()) {
      assertThat(lock).isNotNull();
    }
    assertThat(data.all()).allMatch(Files::isDirectory);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.secrets())))
        .isEqualTo("rwx------");
  }

  @Test
  void namesTheTakenPortAndItsKey() throws Exception {
    try (ServerSocket other = listener(ports.registry())) {
      assertThat(failure(preflight(data())).problems())
          .singleElement()
          .satisfies(
              p -> {
                assertThat(p.exitCode()).isEqualTo(ExitCode.PORT_TAKEN);
                assertThat(p.line())
                    .contains(
                        "port " + other.getLocalPort(), "ports.registry", "127.0.0.1", "set ports")
                    .doesNotContain("\n");
              });
    }
  }

  @Test
  void waitsAMomentForAPredecessorToLetGoOfItsPort() throws Exception {
    ServerSocket predecessor = listener(ports.registry());
    AtomicBoolean ending = new AtomicBoolean();
    CompletableFuture<Void> ends =
        CompletableFuture.runAsync(
            () -> {
              ending.set(true); // before, for the port is free before the call returns
              assertThatCode(predecessor::close).doesNotThrowAnyException();
            },
            CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
    // A slow machine may take longer to end it than a predecessor is given.
    int java = Runtime.version().feature();
    new Preflight(data(), ports, 1, java, Duration.ofSeconds(30)).pass().close();
    assertThat(ending).isTrue();
    assertThat(ends).succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void reportsAllProblemsAtOnce() throws Exception {
    try (ServerSocket one = listener(ports.kafka());
        ServerSocket two = listener(ports.questDbPg())) {
      Preflight unfit = new Preflight(data(), ports, Long.MAX_VALUE, 11);
      PreflightFailure failure = failure(unfit);
      assertThat(failure.problems())
          .extracting(Problem::exitCode)
          .containsExactly(
              ExitCode.JAVA_TOO_OLD, ExitCode.DISK_FULL, ExitCode.PORT_TAKEN, ExitCode.PORT_TAKEN);
      assertThat(failure.exitCode()).isEqualTo(ExitCode.JAVA_TOO_OLD);
      assertThat(failure.getMessage().lines()).hasSize(4);
      assertThat(one.isBound() && two.isBound()).isTrue();
    }
  }

  @Test
  void namesTheOldJava() {
    assertThat(failure(new Preflight(data(), ports, 0, 16)).getMessage())
        .contains("Java 16", "set JAVA_HOME to a JDK 17 or newer");
  }

  @Test
  void saysHowMuchSpaceIsMissing() {
    assertThat(failure(new Preflight(data(), ports, Long.MAX_VALUE)).getMessage())
        .contains(temp.toString(), "MiB free where", "free some space");
  }

  @Test
  void namesAFileThatStandsWhereTheDirectoryShould() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");
    PreflightFailure failure = failure(preflight(new DataDirectory(file.resolve("data"))));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.DATA_DIRECTORY_UNUSABLE);
    assertThat(failure.getMessage()).contains(file.toString(), "choose another one");
    assertThat(failure.getMessage().lines()).hasSize(1);
  }

  @Test
  void namesAPartOfTheDirectoryThatIsAFile() throws Exception {
    Files.writeString(temp.resolve("kafka"), "");
    assertThat(failure(preflight(data())).getMessage())
        .contains(temp.resolve("kafka") + " is a file");
  }

  @Test
  void refusesASecondInstanceNamesItsProcessAndSaysNothingOfItsPorts() throws Exception {
    try (DataLock first = preflight(data()).pass();
        ServerSocket itsPort = listener(ports.kafka())) {
      PreflightFailure failure = failure(preflight(data()));
      assertThat(failure.problems()).singleElement();
      assertThat(failure.exitCode()).isEqualTo(ExitCode.ALREADY_RUNNING);
      assertThat(failure.getMessage())
          .contains("running process " + ProcessHandle.current().pid(), temp.toString());
      assertThat(first).isNotNull();
      assertThat(itsPort.isBound()).isTrue();
    }
    preflight(data()).pass().close(); // free again once the first is gone
  }

  @Test
  void aFailedPreflightLeavesTheDirectoryFree() throws Exception {
    assertThatThrownBy(() -> new Preflight(data(), ports, Long.MAX_VALUE).pass())
        .isInstanceOf(PreflightFailure.class);
    preflight(data()).pass().close();
  }

  @Test
  void refusesOnePortForTwoPurposesAndAPortOutOfRange() {
    Ports twice =
        new Ports(ports.kafka(), ports.kafka(), 70_000, 0, ports.questDbPg(), ports.api());
    assertThat(failure(new Preflight(data(), twice, 0)).getMessage().lines())
        .hasSize(3)
        .anyMatch(l -> l.contains("given to both ports.kafka and ports.kafka-controller"))
        .anyMatch(l -> l.contains("70000") && l.contains("ports.registry"))
        .anyMatch(l -> l.contains("port 0 (ports.questdb-http)"));
  }

  private DataDirectory data() {
    return new DataDirectory(temp);
  }

  private Preflight preflight(DataDirectory data) {
    return new Preflight(data, ports, 1);
  }

  private static PreflightFailure failure(Preflight preflight) {
    PreflightFailure failure =
        catchThrowableOfType(PreflightFailure.class, () -> preflight.pass().close());
    assertThat(failure).isNotNull();
    return failure;
  }

  private static ServerSocket listener(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getByName(Ports.LOOPBACK));
  }
}
