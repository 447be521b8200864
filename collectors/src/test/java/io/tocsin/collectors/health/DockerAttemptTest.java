package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.parts.Shortest;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.ProbeKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checks of containers against sockets on which somebody plays Docker, well or badly. */
@Timeout(90)
class DockerAttemptTest {

  private final CountDownLatch never = new CountDownLatch(1);
  @TempDir Path folder;
  private Path socket;
  private Target target;

  @BeforeEach
  void name() {
    socket = folder.resolve("docker.sock");
    target = new Target.Docker("web", socket);
  }

  @AfterEach
  void stop() {
    never.countDown();
  }

  @Test
  void whatTheHealthCheckOfTheContainerSaysIsToldWithItsLastWords() throws Exception {
    String state =
        """
        {"Id":"1","State":{"Status":"running","Running":true,"ExitCode":0,"OOMKilled":false,
         "Health":{"Status":"unhealthy","FailingStreak":3,"Log":[
           {"ExitCode":0,"Output":"fine"},{"ExitCode":1,"Output":"no database\\n"}]}}}""";
    try (UnixServer docker = new UnixServer(socket, UnixServer.answering("200 OK", state))) {
      OnePass pass = OnePass.of(target);

      assertThat(pass.told()).isEqualTo("DOWN web is unhealthy: no database");
      assertThat(pass.probe().getKind()).isEqualTo(ProbeKind.DOCKER);
      assertThat(pass.probe().getLatencyUs()).isPositive();
      assertThat(docker.accepted).hasValue(1);
    }
  }

  @Test
  void aContainerThatIsNotThereIsDown() throws Exception {
    try (UnixServer docker =
        new UnixServer(
            socket, UnixServer.answering("404 Not Found", "{\"message\":\"No such container\"}"))) {
      assertThat(OnePass.of(target).told()).isEqualTo("DOWN there is no container web");
      assertThat(docker.accepted).hasValue(1);
    }
  }

  @Test
  void aDaemonThatFailsIsUnknownAndAProblem() throws Exception {
    try (UnixServer docker =
        new UnixServer(
            socket, UnixServer.answering("500 Internal Server Error", "{\"message\":\"x\"}"))) {
      OnePass pass = OnePass.of(target);

      assertThat(pass.told()).isEqualTo("UNKNOWN " + socket + ": Docker answered 500");
      assertThat(pass.reasons()).containsExactly(Problem.Reason.UNREADABLE);
      assertThat(docker.accepted).hasValue(1);
    }
  }

  @Test
  void aDaemonThatIsNotThereIsUnknownAndAskedAgainWhenItIs() throws Exception {
    try (Collector collector = OnePass.collector(OnePass.patient(target))) {
      OnePass away = OnePass.of(collector);
      assertThat(away.told()).isEqualTo("UNKNOWN " + socket + ": there is no Docker here");
      assertThat(away.reasons()).containsExactly(Problem.Reason.MISSING);

      String state = "{\"State\":{\"Status\":\"running\"}}";
      for (int round = 0; round < 2; round++) {
        try (UnixServer docker = new UnixServer(socket, UnixServer.answering("200 OK", state))) {
          assertThat(OnePass.of(collector).health()).isEqualTo(Health.UP);
          assertThat(OnePass.of(collector).health()).isEqualTo(Health.UP);
          assertThat(docker.accepted.get()).isPositive();
        }
        Files.createFile(socket);
        OnePass refused = OnePass.of(collector);
        assertThat(refused.health()).isEqualTo(Health.UNKNOWN);
        assertThat(refused.reasons()).containsExactly(Problem.Reason.UNREADABLE);
        Files.delete(socket);
      }
    }
  }

  @Test
  void aDaemonThatHangsIsUnknownInTimeAgainAndAgain() throws Exception {
    try (UnixServer hanging = new UnixServer(socket, connection -> never.await())) {
      Duration limit;
      try (Collector collector = OnePass.collector(OnePass.check(target))) {
        limit = collector.deadline().multipliedBy(2);
      }
      assertThat(Shortest.of(limit, this::twoSilences)).isLessThan(limit);
      // A busy machine may not even connect in so short a time.
      while (hanging.accepted.get() == 0) {
        twoSilences();
      }
    }
  }

  /** How long two passes take over a daemon that hangs. */
  private Duration twoSilences() throws Exception {
    try (Collector collector = OnePass.collector(OnePass.check(target))) {
      long began = System.nanoTime();
      for (int pass = 0; pass < 2; pass++) {
        OnePass silence = OnePass.of(collector);

        assertThat(silence.told())
            .isEqualTo("UNKNOWN " + socket + ": no answer from Docker within 400 ms");
        assertThat(silence.reasons()).containsExactly(Problem.Reason.DEADLINE);
      }
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  @Test
  void aDaemonThatTricklesIsUnknownInTime() throws Exception {
    try (UnixServer trickling =
            new UnixServer(
                socket,
                connection -> {
                  UnixServer.readRequest(connection);
                  UnixServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{");
                  while (!never.await(50, TimeUnit.MILLISECONDS)) {
                    UnixServer.write(connection, " ");
                  }
                });
        Collector collector = OnePass.collector(OnePass.check(target))) {
      // More than two where a busy machine did not even connect in so short a time.
      for (int pass = 0; pass < 2 || trickling.accepted.get() == 0; pass++) {
        assertThat(OnePass.of(collector).told()).endsWith("no answer from Docker within 400 ms");
      }
    }
  }

  @Test
  void anAnswerThatIsNoDockersIsUnknown() throws Exception {
    for (String body :
        new String[] {"", "[]", "{}", "null", "{\"State\":", "\u0000\u001b", "{\"State\":7}"}) {
      try (UnixServer other = new UnixServer(socket, UnixServer.answering("200 OK", body))) {
        OnePass pass = OnePass.of(target);

        assertThat(pass.health()).as(body).isEqualTo(Health.UNKNOWN);
        assertThat(pass.reasons()).as(body).hasSize(1);
        assertThat(other.accepted.get()).isPositive();
      }
    }
  }
}
