package io.tocsin.collectors.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.parts.DockerPart;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.Severity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real daemon, real containers. */
@Timeout(120)
class DockerEventsITCase {

  private final String name = "tocsin-security-" + UUID.randomUUID().toString().substring(0, 8);
  private final List<SecurityEvent.Builder> events = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private DockerClient docker;

  @BeforeEach
  void connect() throws Exception {
    docker = DockerPart.client();
  }

  @AfterEach
  void remove() throws Exception {
    if (docker != null) {
      docker.listContainersCmd().withShowAll(true).withNameFilter(List.of(name)).exec().stream()
          .forEach(left -> docker.removeContainerCmd(left.getId()).withForce(true).exec());
      docker.close();
    }
  }

  @Test
  void aContainersLifeIsToldInOrder() throws Exception {
    try (DockerEvents collector = collector(null)) {
      collect(collector);
      String id = create(HostConfig.newHostConfig().withNetworkMode("none"), "sleep", "60");
      docker.startContainerCmd(id).exec();
      exec(id, "ls", "/");
      docker.killContainerCmd(id).exec();
      docker.removeContainerCmd(id).exec();
      awaitAction(collector, "destroy");
    }

    assertThat(lines())
        .containsSubsequence(
            "create INFO",
            "start INFO",
            "exec-create INFO",
            "exec MEDIUM",
            "kill INFO",
            "die-failed LOW",
            "destroy INFO");
    SecurityEvent.Builder exec = first("exec");
    assertThat(exec.getAttributes()).containsEntry("command", "ls /");
    assertThat(exec.getResourceId()).isEqualTo("container/host-1." + name);
    assertThat(first("die-failed").getAttributes()).containsEntry("exit-code", "137");
    assertThat(problems).isEmpty();
  }

  @Test
  void whatCanTakeTheHostOverIsHigh() throws Exception {
    try (DockerEvents collector = collector(null)) {
      collect(collector);
      create(
          HostConfig.newHostConfig()
              .withNetworkMode("host")
              .withPrivileged(true)
              .withCapAdd(Capability.SYS_ADMIN)
              .withBinds(Bind.parse("/var/run:/run:ro")),
          "true");
      awaitAction(collector, "create-privileged");
    }

    SecurityEvent.Builder created = first("create-privileged");
    assertThat(created.getSeverity()).isEqualTo(Severity.HIGH);
    assertThat(created.getAttributes().get("risks"))
        .isEqualTo("privileged,docker-socket,cap-SYS_ADMIN,host-network");
  }

  @Test
  void aContainersOwnHealthCheckIsNoIntruder() throws Exception {
    try (DockerEvents collector = collector(null)) {
      collect(collector);
      String id =
          docker
              .createContainerCmd(DockerPart.IMAGE)
              .withName(name)
              .withHostConfig(HostConfig.newHostConfig().withNetworkMode("none"))
              .withHealthcheck(
                  new HealthCheck()
                      .withTest(List.of("CMD-SHELL", "true || false"))
                      .withInterval(1_000_000_000L))
              .withCmd("sleep", "60")
              .exec()
              .getId();
      docker.startContainerCmd(id).exec();
      awaitAction(collector, "health-status");
    }

    assertThat(lines()).contains("exec-health-check INFO").doesNotContain("exec MEDIUM");
  }

  /** Daemons miss what happens at once, or to the first process, and tell of the end only. */
  @Test
  void aContainerThatRunsOutOfMemoryIsTold() throws Exception {
    try (DockerEvents collector = collector(null)) {
      collect(collector);
      String id =
          create(
              HostConfig.newHostConfig()
                  .withNetworkMode("none")
                  .withMemory(8L * 1024 * 1024)
                  .withMemorySwap(8L * 1024 * 1024),
              "sh",
              "-c",
              "sleep 1; dd if=/dev/zero of=/dev/null bs=64M count=1; sleep 30");
      docker.startContainerCmd(id).exec();
      awaitAction(collector, "oom");
    }

    assertThat(lines()).containsSubsequence("start INFO", "oom MEDIUM");
  }

  @Test
  void aStreamThatIsCutGoesOnWithoutLossOrRepetition(@TempDir Path folder) throws Exception {
    Path socket = folder.resolve("docker.sock");
    try (SocketProxy proxy = new SocketProxy(socket);
        DockerEvents collector = collector(socket)) {
      collect(collector);
      String id = create(HostConfig.newHostConfig().withNetworkMode("none"), "sleep", "60");
      awaitAction(collector, "create");
      proxy.refuse();
      docker.startContainerCmd(id).exec();
      exec(id, "true");
      awaitTrouble(collector);
      proxy.accept();
      docker.killContainerCmd(id).exec();
      docker.removeContainerCmd(id).exec();
      awaitAction(collector, "destroy");
      proxy.refuse();
      proxy.accept();
      await().pollDelay(Duration.ofSeconds(3)).until(() -> collect(collector));
    }

    assertThat(lines())
        .containsExactly(
            "create INFO",
            "start INFO",
            "exec-create INFO",
            "exec MEDIUM",
            "kill INFO",
            "die-failed LOW",
            "destroy INFO");
    assertThat(problems).noneMatch(problem -> problem.reason() == Problem.Reason.MISSING);
  }

  private DockerEvents collector(Path socket) {
    SecurityConfig config =
        new SecurityConfig(
            new DockerEventsConfig(true, socket), null, null, null, Duration.ofMillis(100), null);
    return DockerEvents.of(config, "host-1", new Severities(Map.of()), Clock.systemUTC());
  }

  private String create(HostConfig host, String... command) {
    return docker
        .createContainerCmd(DockerPart.IMAGE)
        .withName(name)
        .withHostConfig(host)
        .withCmd(command)
        .exec()
        .getId();
  }

  private void exec(String container, String... command) throws InterruptedException {
    String exec = docker.execCreateCmd(container).withCmd(command).exec().getId();
    docker.execStartCmd(exec).exec(new ResultCallback.Adapter<Frame>() {}).awaitCompletion();
  }

  private void awaitAction(DockerEvents collector, String action) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> collect(collector) && lines().stream().anyMatch(l -> l.startsWith(action)));
  }

  private void awaitTrouble(DockerEvents collector) {
    await().atMost(Duration.ofSeconds(10)).until(() -> collect(collector) && !problems.isEmpty());
  }

  /** Takes what has come; containers of other tests on the same daemon are left out. */
  private boolean collect(DockerEvents collector) {
    try {
      Reading reading = collector.collect();
      reading.events().stream()
          .filter(event -> name.equals(event.getContainer()))
          .forEach(events::add);
      problems.addAll(reading.problems());
    } catch (CollectorException trouble) {
      problems.add(trouble.problem());
    }
    return true;
  }

  private List<String> lines() {
    return events.stream().map(event -> event.getAction() + " " + event.getSeverity()).toList();
  }

  private SecurityEvent.Builder first(String action) {
    return events.stream()
        .filter(event -> event.getAction().equals(action))
        .findFirst()
        .orElseThrow();
  }
}
