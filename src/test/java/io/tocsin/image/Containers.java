package io.tocsin.image;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/**
 * Containers of one image on a network of their own, each as little able to do harm as the manual
 * says: no root, a read-only root file system, no capabilities, no way to get more of them. All of
 * them, the network and the volume are gone when this is closed.
 */
final class Containers implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int LAST_WORDS = 4_000;
  private static final int ATTEMPTS = 5;

  /** The image's own check, three times as often. */
  private static final HealthCheck OFTEN =
      new HealthCheck().withInterval(Duration.ofSeconds(5).toNanos());

  private final String image;
  private final Path configuration;
  private final Network network = Network.newNetwork();
  private final DockerClient docker = DockerClientFactory.instance().client();
  private final String volume = "tocsin-it-" + UUID.randomUUID();
  private final Map<String, String> said = new ConcurrentHashMap<>();
  private final Map<String, GenericContainer<?>> containers = new LinkedHashMap<>();

  /**
   * None yet.
   *
   * @param configuration directory that each finds at {@code /etc/tocsin}
   */
  Containers(String image, Path configuration) {
    this.image = image;
    this.configuration = configuration;
  }

  /** What one of them needs beside the rest. */
  interface Special {
    void of(HostConfig host);
  }

  /** A container of the image, not started, called so on the network. */
  GenericContainer<?> add(String name, String... command) {
    return add(name, host -> {}, command);
  }

  GenericContainer<?> add(String name, Special special, String... command) {
    GenericContainer<?> container =
        hardened(image, name, special)
            .withCreateContainerCmdModifier(
                create -> {
                  create.withHealthcheck(OFTEN);
                  // A stage ends where nobody answers it at its start, to be started again.
                  create
                      .getHostConfig()
                      .withRestartPolicy(RestartPolicy.onFailureRestart(ATTEMPTS));
                })
            .withCommand(command)
            .waitingFor(Wait.forHealthcheck().withStartupTimeout(PATIENCE));
    containers.put(name, container);
    return container;
  }

  /** A container of another image, which has no health check. */
  GenericContainer<?> addForeign(String name, String otherImage, String... command) {
    GenericContainer<?> container =
        hardened(otherImage, name, host -> {})
            .withCreateContainerCmdModifier(create -> create.withUser("10001:10001"))
            .withCommand(command);
    containers.put(name, container);
    return container;
  }

  /** Runs a command to its end, which has to be a good one, and gives what it printed. */
  String run(Special special, String... command) {
    try (GenericContainer<?> once =
        hardened(image, "once-" + UUID.randomUUID(), special)
            .withCommand(command)
            .withStartupAttempts(ATTEMPTS) // as whoever runs it would: it ends where nobody answers
            .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(PATIENCE))) {
      once.start();
      return once.getLogs();
    }
  }

  private GenericContainer<?> hardened(String of, String name, Special special) {
    return new GenericContainer<>(DockerImageName.parse(of))
        .withNetwork(network)
        .withNetworkAliases(name)
        .withTmpFs(Map.of("/tmp", ""))
        .withLogConsumer(frame -> said(name, frame.getUtf8String()))
        .withCreateContainerCmdModifier(
            create -> {
              create.withHostName(name.substring(0, Math.min(63, name.length())));
              HostConfig host = create.getHostConfig();
              host.withReadonlyRootfs(true)
                  .withCapDrop(Capability.ALL)
                  .withSecurityOpts(List.of("no-new-privileges"));
              bind(host, configuration + ":/etc/tocsin:ro");
              special.of(host);
            });
  }

  /** A volume that containers share, for Flink's checkpoints. */
  void checkpoints(HostConfig host) {
    bind(host, volume + ":/var/lib/tocsin/checkpoints");
  }

  /** Mounts something beside what is mounted already. */
  static void bind(HostConfig host, String bind) {
    List<Bind> all = new ArrayList<>();
    if (host.getBinds() != null) {
      all.addAll(Arrays.asList(host.getBinds()));
    }
    all.add(Bind.parse(bind));
    host.withBinds(all.toArray(Bind[]::new));
  }

  /** Starts those that do not run, all at once, and waits until each calls itself healthy. */
  void start() {
    Startables.deepStart(
            containers.values().stream().filter(container -> !container.isRunning()).toList())
        .join();
  }

  GenericContainer<?> get(String name) {
    return containers.get(name);
  }

  List<String> names() {
    return List.copyOf(containers.keySet());
  }

  InspectContainerResponse inspect(String name) {
    return docker.inspectContainerCmd(get(name).getContainerId()).exec();
  }

  void kill(String name) {
    docker.killContainerCmd(get(name).getContainerId()).withSignal("KILL").exec();
  }

  /** Resident memory of what a container is for, in MB. */
  long residentMb(String name) throws IOException, InterruptedException {
    String line = get(name).execInContainer("sed", "-n", "/^VmRSS/p", "/proc/1/status").getStdout();
    return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
  }

  private void said(String name, String line) {
    said.merge(name, line, (before, more) -> tail(before + more));
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - LAST_WORDS));
  }

  /** What all of them last said, for whoever has to find out why a test failed. */
  String report() {
    StringBuilder report = new StringBuilder();
    said.forEach((name, last) -> report.append("== ").append(name).append('\n').append(last));
    return report.toString();
  }

  @Override
  public void close() {
    List<GenericContainer<?>> all = new ArrayList<>(containers.values());
    Collections.reverse(all);
    all.forEach(GenericContainer::stop);
    network.close();
    docker.removeVolumeCmd(volume).exec();
  }
}
