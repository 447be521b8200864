package io.tocsin.collectors.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Sample;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a Docker daemon does, the figures of its containers come on time. */
@Timeout(120)
class DockerTroubleTest {

  private static final String ID = FakeMachine.id(1);
  private static final String LIST =
      """
      [{"Id":"%s","Names":["/web"],"State":"running","Status":"Up 2 hours"}]"""
          .formatted(ID);
  private static final String OK = "HTTP/1.0 200 OK\r\n\r\n";

  @TempDir Path folder;
  private FakeMachine machine;
  private FakeDocker docker;
  private Opened opened;

  @BeforeEach
  void startDocker() throws Exception {
    docker = new FakeDocker().list(LIST);
    machine = FakeMachine.version2(folder).start(FakeMachine.path(ID));
    opened = Opened.with(machine.config(docker.socket()));
  }

  @AfterEach
  void stop() throws Exception {
    opened.close();
    docker.close();
  }

  /** What a pass says once a problem of this kind has come up. */
  private Reading whenTroubled(FakeDocker.Behaviour behaviour, Reason reason) {
    opened.collectUntil(1);
    docker.behave(behaviour);
    askAgain();
    return opened.collectUntil(
        reading -> reading.problems().stream().map(Problem::reason).anyMatch(reason::equals));
  }

  /** Five seconds are not waited for: a container that comes makes it ask at once. */
  private void askAgain() {
    try {
      machine.start("/lxc/new" + System.nanoTime());
      opened.later(Duration.ofSeconds(5)).collect();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The same for one that hangs; its patience is not waited for either. */
  private Reading whenHanging(FakeDocker.Behaviour behaviour) {
    opened.collectUntil(1);
    docker.behave(behaviour);
    int before = docker.questions().size();
    askAgain();
    opened.collectUntil(reading -> docker.questions().size() > before);
    opened.later(Duration.ofSeconds(6));
    return opened.collectUntil(
        reading ->
            reading.problems().stream().map(Problem::reason).anyMatch(Reason.DEADLINE::equals));
  }

  private static void figuresAndNameAreThere(Reading reading) {
    assertThat(Opened.sample(reading, "web").getCpu()).isNotNull();
  }

  @Test
  void oneThatAcceptsAndNeverAnswers() {
    Reading reading = whenHanging((path, client) -> {});

    figuresAndNameAreThere(reading);
    assertThat(reading.problems()).hasSize(1);
    assertThat(reading.problems().get(0).what()).contains("does not answer in time");
  }

  @Test
  void oneThatSendsAByteNowAndThen() {
    Reading reading =
        whenHanging(
            (path, client) -> {
              FakeDocker.send(client, OK + "[");
              Thread drip = new Thread(() -> drip(client));
              drip.setDaemon(true);
              drip.start();
            });

    figuresAndNameAreThere(reading);
    assertThat(reading.problems()).hasSize(1);
  }

  private static void drip(SocketChannel client) {
    try {
      while (true) {
        FakeDocker.send(client, " ");
        Thread.sleep(50);
      }
    } catch (IOException | InterruptedException over) {
      // The test is over.
    }
  }

  @Test
  void oneThatHangsMakesHealthUnknownAfterAWhileAndIsAskedAgainAfterwards() throws Exception {
    whenHanging((path, client) -> {});
    opened.later(Duration.ofSeconds(30));

    Sample.Builder hanging = Opened.sample(opened.collect(), "web");
    docker.behaveWell();
    askAgain();
    Reading after =
        opened.collectUntil(
            reading ->
                Opened.sample(reading, "web").getState() != null
                    && Opened.sample(reading, "web").getState().getHealth() == Health.UP);

    assertThat(hanging.getState().getHealth()).isEqualTo(Health.UNKNOWN);
    assertThat(hanging.getState().getEvidence()).contains("has not answered for a while");
    assertThat(hanging.getCpu()).isNotNull();
    assertThat(after.problems()).isEmpty();
  }

  @Test
  void tenMegabytesOfGarbage() {
    byte[] garbage = new byte[10 << 20];
    Arrays.fill(garbage, (byte) '~');

    Reading reading =
        whenTroubled(
            (path, client) -> {
              FakeDocker.send(client, OK);
              client.write(ByteBuffer.wrap(garbage));
              client.close();
            },
            Reason.MALFORMED);

    figuresAndNameAreThere(reading);
  }

  @Test
  void garbageInsteadOfHttp() {
    Reading reading =
        whenTroubled(
            (path, client) -> {
              FakeDocker.send(client, "\0\1\2\u00ff nothing like HTTP\n\n");
              client.close();
            },
            Reason.MALFORMED);

    figuresAndNameAreThere(reading);
  }

  @Test
  void anAnswerThatEndsInTheMiddleIsNotTakenForAShorterList() {
    Reading reading =
        whenTroubled(
            (path, client) -> {
              FakeDocker.send(client, OK + "[{\"Id\":\"" + FakeMachine.id(9) + "\"},{\"Id\":\"");
              client.close();
            },
            Reason.TRUNCATED);

    figuresAndNameAreThere(reading);
  }

  @Test
  void anEndlessList() {
    String entry = LIST.substring(1, LIST.length() - 1) + ",";
    Reading reading =
        whenTroubled(
            (path, client) -> {
              FakeDocker.send(client, OK + "[");
              String many = entry.repeat(1000);
              while (true) {
                FakeDocker.send(client, many);
              }
            },
            Reason.OVER_LIMIT);

    figuresAndNameAreThere(reading);
  }

  @Test
  void oneHugeEntryOfNothing() {
    Reading reading =
        whenTroubled(
            (path, client) -> {
              FakeDocker.send(client, OK + "[{\"Labels\":[" + "[],".repeat(1 << 20) + "[]]}]");
              client.close();
            },
            Reason.OVER_LIMIT);

    figuresAndNameAreThere(reading);
  }

  @Test
  void nestingWithoutEnd() {
    Reading reading =
        whenTroubled(
            (path, client) -> {
              FakeDocker.send(client, OK + "[{\"a\":".repeat(100_000));
              client.close();
            },
            Reason.MALFORMED);

    figuresAndNameAreThere(reading);
  }

  @Test
  void anErrorStatus() {
    Reading reading =
        whenTroubled(
            (path, client) -> {
              FakeDocker.send(client, "HTTP/1.1 500 Internal Server Error\r\n\r\n{}");
              client.close();
            },
            Reason.REFUSED);

    figuresAndNameAreThere(reading);
  }

  @Test
  void oneThatGoesAway() throws Exception {
    opened.collectUntil(1);
    docker.close();
    askAgain();

    Reading reading =
        opened.collectUntil(
            last -> last.problems().stream().anyMatch(one -> one.reason() == Reason.MISSING));

    figuresAndNameAreThere(reading);
  }

  @Test
  void oneThatDoesNotEvenAccept() throws Exception {
    Path place = Files.createTempDirectory("full").resolve("s");
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(place);
    try (ServerSocketChannel full = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        SocketChannel first = SocketChannel.open(StandardProtocolFamily.UNIX);
        SocketChannel second = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      full.bind(address, 1);
      first.connect(address);
      second.connect(address);
      Set<Thread> before = askingThreads();
      try (Opened other = Opened.with(machine.config(place))) {
        other.later(Duration.ofSeconds(6));
        Reading reading =
            other.collectUntil(
                last -> last.problems().stream().anyMatch(one -> one.reason() == Reason.DEADLINE));
        assertThat(reading.problems()).hasSize(1);
      }
      // Some of before may be those of other tests, on their way out.
      await().until(() -> before.containsAll(askingThreads()));
    } finally {
      Files.deleteIfExists(place);
      Files.deleteIfExists(place.getParent());
    }
  }

  private static Set<Thread> askingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("tocsin-container-names"))
        .collect(Collectors.toSet());
  }

  @Test
  void aContainerThatNobodyNamesGoesByTheBeginningOfItsId() throws Exception {
    try (FakeDocker mute = new FakeDocker().behave((path, client) -> {});
        Opened other = Opened.with(machine.config(mute.socket()))) {
      assertThat(other.collect().samples()).isEmpty();

      Reading reading = other.later(Duration.ofSeconds(11)).collect();

      assertThat(Opened.sample(reading, ID.substring(0, 12)).getCpu()).isNotNull();
      assertThat(Opened.sample(reading, ID.substring(0, 12)).getState()).isNull();
    }
  }

  @Test
  void aContainerThatDockerSaysHasEndedThoughItHasProcessesIsUnknown() {
    opened.collectUntil(1);
    docker.list(LIST.replace("running", "exited").replace("Up 2 hours", "Exited (0) 1 hour ago"));
    askAgain();

    Reading reading =
        opened.collectUntil(
            last ->
                Opened.sample(last, "web").getState() != null
                    && Opened.sample(last, "web").getState().getHealth() != Health.UP);

    assertThat(Opened.sample(reading, "web").getState().getHealth()).isEqualTo(Health.UNKNOWN);
  }

  @Test
  void oneIsAskedForAContainerAgainOnlyWhenItsStatusHasChanged() {
    opened.collectUntil(1);
    docker.inspect(ID, "{\"State\":{\"Status\":\"running\",\"Health\":{\"Status\":\"healthy\"}}}");
    docker.list(LIST.replace("2 hours", "3 hours"));
    askAgain();
    // Until the answer is in: the clock would go past the patience for one that is on its way.
    opened.collectUntil(
        reading ->
            Opened.sample(reading, "web").getState() != null
                && Opened.sample(reading, "web").getState().getEvidence().contains("passes"));
    assertThat(inspected()).isEqualTo(2);
    askAgain();
    int before = docker.questions().size();
    opened.collectUntil(reading -> docker.questions().size() > before);

    assertThat(inspected()).isEqualTo(2);
  }

  private long inspected() {
    return docker.questions().stream().filter(("/containers/" + ID + "/json")::equals).count();
  }
}
