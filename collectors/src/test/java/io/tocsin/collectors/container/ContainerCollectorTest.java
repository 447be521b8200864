package io.tocsin.collectors.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ContainerCollectorTest {

  private static final String ONE = FakeMachine.id(1);
  private static final String TWO = FakeMachine.id(2);

  @TempDir Path folder;

  private FakeMachine machine(int version) throws Exception {
    return version == 1 ? FakeMachine.version1(folder) : FakeMachine.version2(folder);
  }

  private static String entry(String id, String name, String state, String status) {
    return """
        {"Id":"%s","Names":["/%s"],"Image":"i","State":"%s","Status":"%s"}"""
        .formatted(id, name, state, status);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void bothVersionsOfControlGroupsGiveTheSameFigures(int version) throws Exception {
    FakeMachine machine = machine(version).start(FakeMachine.path(ONE));
    try (Opened opened = Opened.with(machine.config(null))) {
      Reading reading = opened.collect();

      assertThat(reading.problems()).isEmpty();
      Sample.Builder sample = Opened.sample(reading, ONE.substring(0, 12));
      assertThat(sample.getCpu().getCores()).isEqualTo(0.5);
      assertThat(sample.getCpu().getUserUs()).isEqualTo(2_000_000);
      assertThat(sample.getCpu().getSystemUs()).isEqualTo(1_000_000);
      assertThat(sample.getCpu().getThrottledUs()).isEqualTo(70_000);
      assertThat(sample.getCpu().getThrottledPeriods()).isEqualTo(4);
      assertThat(sample.getMemory().getTotalBytes()).isEqualTo(100_000_000);
      assertThat(sample.getMemory().getLimited()).isTrue();
      assertThat(sample.getMemory().getWorkingSetBytes()).isEqualTo(40_000_000);
      assertThat(sample.getMemory().getAvailableBytes()).isEqualTo(60_000_000);
      assertThat(sample.getMemory().getAnonymousBytes()).isEqualTo(30_000_000);
      assertThat(sample.getMemory().getCacheBytes()).isEqualTo(15_000_000);
      assertThat(sample.getMemory().getOomKills()).isEqualTo(1);
      assertThat(sample.getMemory().getLimitHits()).isEqualTo(8);
      assertThat(sample.getMemory().getMajorFaults()).isEqualTo(21);
      assertThat(sample.getDisks()).hasSize(1);
      assertThat(sample.getDisks().get(0).getName()).isEqualTo("sda");
      assertThat(sample.getDisks().get(0).getWrittenBytes()).isEqualTo(8192);
      assertThat(sample.getDisks().get(0).getBusyUs()).isNull();
      assertThat(sample.getInterfaces()).hasSize(1);
      assertThat(sample.getInterfaces().get(0).getTxDropped()).isEqualTo(4);
      assertThat(sample.getTcpRetransmittedSegments()).isEqualTo(3);
      assertThat(sample.getTasks().getLimit()).isEqualTo(100);
      assertThat(sample.getBootedAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_050));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aContainerThatVanishesBetweenPassesIsNoProblem(int version) throws Exception {
    FakeMachine machine =
        machine(version).start(FakeMachine.path(ONE)).start(FakeMachine.path(TWO));
    try (Opened opened = Opened.with(machine.config(null))) {
      assertThat(opened.collect().samples()).hasSize(2);
      machine.stop(FakeMachine.path(ONE));

      Reading reading = opened.collect();

      assertThat(reading.samples()).hasSize(1);
      assertThat(reading.problems()).isEmpty();
      assertThat(opened.collector().resources()).hasSize(1);
    }
  }

  @Test
  void aNewContainerIsFoundWithinTheDiscoveryInterval() throws Exception {
    FakeMachine machine = machine(2).start(FakeMachine.path(ONE));
    try (Opened opened = Opened.with(machine.config(null))) {
      machine.start(FakeMachine.path(TWO));

      assertThat(opened.collect().samples()).hasSize(1);
      assertThat(opened.later(Duration.ofSeconds(5)).collect().samples()).hasSize(2);
    }
  }

  @Test
  void aMachineWithoutContainersHasNothingToReportAndNoProblem() throws Exception {
    ContainerConfig config = machine(2).config(folder.resolve("no-docker.sock"));
    try (Opened opened = Opened.with(config)) {
      opened.collector().collect();
      Thread.sleep(50);

      assertThat(opened.collect()).isEqualTo(Reading.empty());
    }
  }

  @Test
  void aPlaceWithoutControlGroupsIsAnError() throws Exception {
    FakeMachine machine = machine(2);
    Files.delete(machine.file("/cgroup.controllers"));

    assertThatThrownBy(() -> Opened.with(machine.config(null)))
        .isInstanceOf(CollectorException.class)
        .hasMessageContaining("no control groups are mounted here");
  }

  @Test
  void namesComeFromDockerAndStayWhenTheContainerIsRenamed() throws Exception {
    FakeMachine machine = machine(2).start(FakeMachine.path(ONE));
    try (FakeDocker docker =
            new FakeDocker().list("[" + entry(ONE, "web", "running", "Up 2 hours") + "]");
        Opened opened = Opened.with(machine.config(docker.socket()))) {
      opened.collectUntil(1);
      docker.list("[" + entry(ONE, "renamed", "running", "Up 2 hours") + "]");
      opened.later(Duration.ofSeconds(1));
      int asked = docker.questions().size();
      machine.start(FakeMachine.path(TWO));
      opened.later(Duration.ofSeconds(5)).collect();
      opened.collectUntil(reading -> docker.questions().size() > asked);
      opened.collectUntil(
          reading ->
              opened.collector().resources().stream()
                  .map(Resource::getName)
                  .anyMatch("renamed"::equals));

      assertThat(opened.collector().resources())
          .extracting(Resource::getId)
          .contains("container/box.web");
    }
  }

  @Test
  void aContainerThatIsStartedAgainKeepsItsIdAndTellsThatCountersBeganAnew() throws Exception {
    FakeMachine machine = machine(2).start(FakeMachine.path(ONE));
    String inspect =
        """
        {"State":{"Status":"running","StartedAt":"2026-05-01T0%d:00:00Z"},"RestartCount":%d}""";
    try (FakeDocker docker =
            new FakeDocker()
                .list("[" + entry(ONE, "web", "running", "Up 2 hours") + "]")
                .inspect(ONE, inspect.formatted(1, 0));
        Opened opened = Opened.with(machine.config(docker.socket()))) {
      Instant before = Opened.sample(opened.collectUntil(1), "web").getBootedAt();

      machine.stop(FakeMachine.path(ONE));
      // The list last: it is what makes Docker be asked for the rest.
      docker
          .inspect(ONE, inspect.formatted(3, 1))
          .list("[" + entry(ONE, "web", "running", "Up 1 second") + "]");
      assertThat(opened.collect().samples()).isEmpty();
      machine.start(FakeMachine.path(ONE));
      Sample.Builder after = Opened.sample(opened.collectUntil(1), "web");

      assertThat(before).isEqualTo(Instant.parse("2026-05-01T01:00:00Z"));
      assertThat(after.getBootedAt()).isEqualTo(Instant.parse("2026-05-01T03:00:00Z"));
      assertThat(after.getState().getRestarts()).isEqualTo(1);
    }
  }

  @Test
  void aGroupThatCountsBackwardsIsAnotherContainers() throws Exception {
    FakeMachine machine = machine(2).start(FakeMachine.path(ONE));
    try (Opened opened = Opened.with(machine.config(null))) {
      opened.collect();
      Path stat = machine.file(FakeMachine.path(ONE) + "/cpu.stat");
      Files.writeString(stat, "usage_usec 3\nuser_usec 2\nsystem_usec 1\n");

      assertThat(opened.collect().samples()).isEmpty();
      assertThat(opened.collect().samples()).hasSize(1);
    }
  }

  @Test
  void aKilledContainerIsReportedDownAsSoonAsDockerSaysSo() throws Exception {
    FakeMachine machine = machine(2).start(FakeMachine.path(ONE));
    try (FakeDocker docker =
            new FakeDocker().list("[" + entry(ONE, "web", "running", "Up 2 hours") + "]");
        Opened opened = Opened.with(machine.config(docker.socket()))) {
      opened.collectUntil(1);
      // The list last: it is what makes Docker be asked for the rest.
      docker
          .inspect(
              ONE,
              """
              {"State":{"Status":"exited","ExitCode":137,"OOMKilled":true},
               "HostConfig":{"RestartPolicy":{"Name":"always"}}}
              """)
          .list("[" + entry(ONE, "web", "exited", "Exited (137) 1 second ago") + "]");
      machine.stop(FakeMachine.path(ONE));

      // No clock is put forward: it must not wait for the next turn.
      Sample.Builder sample = Opened.sample(opened.collectUntil(1), "web");

      assertThat(sample.getState().getHealth()).isEqualTo(Health.DOWN);
      assertThat(sample.getState().getEvidence()).contains("137", "lack of memory", "always");
      assertThat(sample.getCpu()).isNull();
    }
  }

  @Test
  void twoContainersOfOneNameKeepTwoIds() throws Exception {
    FakeMachine machine = machine(2).start("/lxc/web").start(FakeMachine.path(ONE));
    try (FakeDocker docker =
            new FakeDocker().list("[" + entry(ONE, "web", "running", "Up 2 hours") + "]");
        Opened opened = Opened.with(machine.config(docker.socket()))) {
      opened.collectUntil(2);

      assertThat(opened.collector().resources())
          .extracting(Resource::getId)
          .doesNotHaveDuplicates()
          .allMatch(id -> id.startsWith("container/box.web"));
    }
  }

  @Test
  void containersThatShareANamespaceGiveItsFiguresOnce() throws Exception {
    FakeMachine machine = machine(2).start(FakeMachine.path(ONE)).start(FakeMachine.path(TWO));
    Path link = machine.folder().resolve("proc/102/ns/net");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("net:[101]"));
    try (Opened opened = Opened.with(machine.config(null))) {
      Reading reading = opened.collect();
      assertThat(Opened.sample(reading, ONE.substring(0, 12)).getInterfaces()).hasSize(1);
      assertThat(Opened.sample(reading, TWO.substring(0, 12)).getInterfaces()).isEmpty();

      machine.stop(FakeMachine.path(ONE));
      opened.collect();

      Reading after = opened.collect();
      assertThat(Opened.sample(after, TWO.substring(0, 12)).getInterfaces()).hasSize(1);
    }
  }

  @Test
  void figuresOfMemorySurviveAQuotaThatMakesNoSense() throws Exception {
    FakeMachine machine = machine(2).start(FakeMachine.path(ONE));
    Files.writeString(machine.file(FakeMachine.path(ONE) + "/cpu.max"), "a lot\n");
    Files.delete(machine.folder().resolve("sys/devices/system/cpu/online"));
    try (Opened opened = Opened.with(machine.config(null))) {
      Reading reading = opened.collect();

      Sample.Builder sample = Opened.sample(reading, ONE.substring(0, 12));
      assertThat(sample.getCpu()).isNull();
      assertThat(sample.getMemory()).isNotNull();
      assertThat(reading.problems())
          .extracting(Problem::reason)
          .containsExactlyInAnyOrder(Reason.MALFORMED, Reason.MISSING);
    }
  }

  @Test
  void aFileOfTenMegabytesIsRefusedAndTheOthersAreRead() throws Exception {
    FakeMachine machine = machine(2).start(FakeMachine.path(ONE));
    Path stat = machine.file(FakeMachine.path(ONE) + "/memory.stat");
    Files.write(stat, new byte[10 << 20]);
    try (Opened opened = Opened.with(machine.config(null))) {
      Reading reading = opened.collect();

      assertThat(Opened.sample(reading, ONE.substring(0, 12)).getCpu()).isNotNull();
      assertThat(reading.problems()).extracting(Problem::reason).containsExactly(Reason.OVER_LIMIT);
    }
  }

  @Test
  void theSameTroubleOfManyContainersIsToldOnce() throws Exception {
    FakeMachine machine = machine(2);
    for (int i = 0; i < 50; i++) {
      machine.start(FakeMachine.path(FakeMachine.id(i)));
      Files.delete(machine.file(FakeMachine.path(FakeMachine.id(i)) + "/memory.current"));
    }
    try (Opened opened = Opened.with(machine.config(null))) {
      Reading reading = opened.collect();

      assertThat(reading.samples()).hasSize(50);
      assertThat(reading.problems()).hasSize(1);
      assertThat(opened.collect().problems()).isEqualTo(reading.problems());
    }
  }

  @Test
  void closingClosesEveryFile() throws Exception {
    FakeMachine machine = machine(2);
    for (int i = 0; i < 20; i++) {
      machine.start(FakeMachine.path(FakeMachine.id(i)));
    }
    long before = openFiles();
    try (Opened opened = Opened.with(machine.config(null))) {
      opened.collect();
      assertThat(openFiles()).isGreaterThan(before + 100);
    }
    assertThat(openFiles()).isLessThan(before + 20);
  }

  private static long openFiles() throws Exception {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}
