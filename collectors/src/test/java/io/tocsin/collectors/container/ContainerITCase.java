package io.tocsin.collectors.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.parts.DockerPart;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.InterfaceSample;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.IsRunningStartupCheckStrategy;
import org.testcontainers.utility.DockerImageName;

/** Containers of a real Docker daemon. Others may run on the same one. */
@Timeout(60)
class ContainerITCase {

  private static final long MEBIBYTE = 1 << 20;

  private DockerClient docker;
  private GenericContainer<?> container;
  private String started;
  private Opened opened;

  @BeforeEach
  void needDocker() throws Exception {
    docker = DockerPart.client();
  }

  @AfterEach
  void stop() throws Exception {
    if (opened != null) {
      opened.close();
    }
    if (container != null) {
      container.stop();
    }
    if (started != null) {
      docker.removeContainerCmd(started).withForce(true).exec();
    }
    if (docker != null) {
      docker.close();
    }
  }

  private static ContainerConfig config() {
    return new ContainerConfig(
        "box", null, null, null, null, null, null, null, null, null, null, List.of("team"));
  }

  private String start(HostConfig limits, String... command) throws Exception {
    container =
        new GenericContainer<>(DockerImageName.parse(DockerPart.IMAGE))
            .withCommand(command)
            .withNetworkMode("none")
            .withImagePullPolicy(image -> false)
            .withLabels(Map.of("team", "shop", "tocsin.service", "orders", "tocsin.tier", "core"))
            .withStartupCheckStrategy(
                new IsRunningStartupCheckStrategy().withTimeout(Duration.ofSeconds(20)))
            .withCreateContainerCmdModifier(
                create ->
                    create
                        .getHostConfig()
                        .withMemory(limits.getMemory())
                        .withCpuQuota(limits.getCpuQuota())
                        .withRestartPolicy(limits.getRestartPolicy()));
    container.start();
    opened = Opened.with(config());
    return container.getContainerInfo().getName().substring(1).toLowerCase(Locale.ROOT);
  }

  private String startIn(String network, String... command) throws Exception {
    String name = "tocsin-it-" + network + "-" + Long.toHexString(System.nanoTime());
    String id =
        docker
            .createContainerCmd(DockerPart.IMAGE)
            .withName(name)
            .withCmd(command)
            .withHostConfig(
                new HostConfig().withNetworkMode(network).withCapAdd(Capability.NET_ADMIN))
            .exec()
            .getId();
    started = id;
    docker.startContainerCmd(id).exec();
    opened = Opened.with(config());
    return name;
  }

  private static Optional<Sample.Builder> find(Reading reading, String name) {
    return reading.samples().stream()
        .filter(sample -> sample.getResourceId().startsWith("container/box." + name))
        .findFirst();
  }

  private Sample.Builder await(String name, Predicate<Sample.Builder> wanted) {
    Reading reading = opened.collectUntil(last -> find(last, name).filter(wanted).isPresent());
    return find(reading, name).orElseThrow();
  }

  private Resource resource(String name) {
    return opened.collector().resources().stream()
        .filter(one -> one.getId().startsWith("container/box." + name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aBusyContainerIsThrottledByItsQuotaAndHasTheNameThatDockerGaveIt() throws Exception {
    String name =
        start(
            new HostConfig().withCpuQuota(20_000L).withMemory(64 * MEBIBYTE),
            "sh",
            "-c",
            "while :; do :; done");

    Sample.Builder sample =
        await(
            name,
            its -> its.getCpu().getThrottledPeriods() > 0 && its.getCpu().getUserUs() > 50_000);

    assertThat(sample.getCpu().getCores()).isEqualTo(0.2);
    assertThat(sample.getCpu().getThrottledUs()).isPositive();
    assertThat(sample.getMemory().getTotalBytes()).isEqualTo(64 * MEBIBYTE);
    assertThat(sample.getMemory().getLimited()).isTrue();
    assertThat(sample.getMemory().getWorkingSetBytes()).isBetween(1L, 64 * MEBIBYTE);
    assertThat(sample.getTasks().getCount()).isEqualTo(1);
    assertThat(sample.getState().getHealth()).isEqualTo(Health.UP);
    assertThat(sample.getService()).isEqualTo("orders");
    assertThat(sample.getBootedAt()).isEqualTo(sample.getState().getStartedAt());
    assertThat(resource(name).getLabels())
        .containsEntry("image", DockerPart.IMAGE)
        .containsEntry("container.id", container.getContainerId())
        .containsEntry("label.team", "shop");
    assertThat(resource(name).getParent()).isEqualTo("host/box");
  }

  @Test
  void aProcessThatIsKilledForLackOfMemoryIsCounted() throws Exception {
    String name =
        start(
            new HostConfig().withMemory(16 * MEBIBYTE),
            "sh",
            "-c",
            "while :; do (x=xxxxxxxxxxxxxxxx; while :; do x=$x$x; done); sleep 1; done");

    Sample.Builder sample = await(name, its -> its.getMemory().getOomKills() > 0);

    assertThat(sample.getMemory().getLimitHits()).isPositive();
  }

  @Test
  void aContainerThatIsRemovedBetweenPassesIsNoProblem() throws Exception {
    String name = start(new HostConfig(), "sleep", "600");
    await(name, its -> true);

    docker.removeContainerCmd(container.getContainerId()).withForce(true).exec();
    Reading reading = opened.collect();

    assertThat(find(reading, name)).isEmpty();
    assertThat(reading.problems())
        .noneMatch(problem -> problem.where().contains(container.getContainerId()));
  }

  @Test
  void aRestartIsTheSameResourceWithCountersThatBeganAnew() throws Exception {
    String name = start(new HostConfig(), "sleep", "600");
    Sample.Builder before = await(name, its -> its.getBootedAt() != null);

    docker.restartContainerCmd(container.getContainerId()).withTimeout(0).exec();
    Sample.Builder after =
        await(name, its -> its.getCpu() != null && its.getBootedAt().isAfter(before.getBootedAt()));

    assertThat(after.getResourceId()).isEqualTo(before.getResourceId());
  }

  @Test
  void interfacesAreThoseOfTheContainersOwnNamespace() throws Exception {
    String name = startIn("none", "sh", "-c", "busybox ip link add v0 type veth; sleep 600");

    Sample.Builder sample = await(name, its -> its.getInterfaces().size() == 2);

    assertThat(sample.getInterfaces())
        .extracting(InterfaceSample::getName)
        .contains("v0")
        .doesNotContain("lo");
  }

  @Test
  void aContainerInTheMachinesNamespaceHasNoInterfacesOfItsOwn() throws Exception {
    String name = startIn("host", "sleep", "600");

    Sample.Builder sample = await(name, its -> its.getCpu() != null);

    assertThat(sample.getInterfaces()).isEmpty();
    assertThat(sample.getTcpOutSegments()).isNull();
  }

  @Test
  void aContainerThatFailsAgainAndAgainIsDown() throws Exception {
    String name =
        start(
            new HostConfig().withRestartPolicy(RestartPolicy.alwaysRestart()),
            "sh",
            "-c",
            "sleep 1; exit 3");

    Sample.Builder sample =
        await(name, its -> its.getState() != null && its.getState().getHealth() == Health.DOWN);

    assertThat(sample.getState().getExitCode()).isEqualTo(3);
    assertThat(sample.getState().getEvidence()).contains("code 3");
  }
}
