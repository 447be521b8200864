package io.tocsin.alerting.healing.execute.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.tocsin.alerting.healing.execute.RealPart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A real Docker daemon, with one small image that is made here because nothing can be pulled. What
 * a test has made of containers and networks is removed when it is closed.
 */
final class RealDocker implements AutoCloseable {

  /** A static busybox with a shell. */
  static final String IMAGE = "tocsin-test/busybox:1";

  private static final Path SOCKET = Path.of("/var/run/docker.sock");
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DockerEngine engine = new DockerEngine(SOCKET, Duration.ofSeconds(60));
  private final List<String> containers = new ArrayList<>();
  private final List<String> networks = new ArrayList<>();

  /** Skips the test where there is none. */
  RealDocker() throws IOException {
    RealPart.need(
        "Docker",
        Files.exists(SOCKET)
            ? Optional.empty()
            : Optional.of("install docker.io and start dockerd"));
    RealPart.need(
        "busybox",
        Files.isExecutable(BUSYBOX) ? Optional.empty() : Optional.of("install busybox-static"));
    try (DockerClient client = client()) {
      try {
        client.inspectImageCmd(IMAGE).exec();
      } catch (NotFoundException notYet) {
        client
            .buildImageCmd(new ByteArrayInputStream(buildContext()))
            .withTags(Set.of(IMAGE))
            .start()
            .awaitImageId(30, TimeUnit.SECONDS);
      }
    }
  }

  private static DockerClient client() {
    return DockerClientImpl.getInstance(
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost("unix://" + SOCKET)
            .build(),
        new ZerodepDockerHttpClient.Builder().dockerHost(URI.create("unix://" + SOCKET)).build());
  }

  private static byte[] buildContext() throws IOException {
    byte[] recipe =
        "FROM scratch\nCOPY busybox /bin/busybox\nCOPY busybox /bin/sh\nCOPY busybox /bin/sleep\n"
            .getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry dockerfile = new TarArchiveEntry("Dockerfile");
      dockerfile.setSize(recipe.length);
      tar.putArchiveEntry(dockerfile);
      tar.write(recipe);
      tar.closeArchiveEntry();
      TarArchiveEntry program = new TarArchiveEntry("busybox");
      program.setSize(Files.size(BUSYBOX));
      program.setMode(0755);
      tar.putArchiveEntry(program);
      Files.copy(BUSYBOX, tar);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  /** A name that no other run of a test has. */
  static String unique(String stem) {
    return stem + Long.toHexString(System.nanoTime());
  }

  /** Makes and starts a container that runs a shell script. */
  void run(String name, String script, String more) throws IOException {
    ObjectNode body = (ObjectNode) JSON.readTree(more);
    body.put("Image", IMAGE);
    body.putArray("Cmd").add("sh").add("-c").add(script);
    engine.post("/containers/create?name=" + name, body);
    containers.add(name);
    engine.post("/containers/" + name + "/start", null);
  }

  void network(String name) throws IOException {
    engine.post("/networks/create", JSON.createObjectNode().put("Name", name));
    networks.add(name);
  }

  void kill(String name) throws IOException {
    engine.post("/containers/" + name + "/kill", null);
  }

  JsonNode inspect(String name) throws IOException {
    return engine.get("/containers/" + name + "/json");
  }

  /** Name, state and time of start of all containers of a compose project. */
  List<String> project(String project) throws IOException {
    String filters = "{\"label\":[\"com.docker.compose.project=" + project + "\"]}";
    List<String> all = new ArrayList<>();
    for (JsonNode entry :
        engine.get("/containers/json?all=true&filters=" + DockerEngine.query(filters))) {
      JsonNode container = inspect(entry.path("Id").asText());
      all.add(
          container.path("Name").asText()
              + " "
              + container.path("State").path("Status").asText()
              + " "
              + container.path("State").path("StartedAt").asText()
              + " "
              + ContainerLimits.of(container.path("HostConfig")));
    }
    return all.stream().sorted().toList();
  }

  /** All containers of a compose project are removed at the end too. */
  void removeProject(String project) throws IOException {
    for (String line : project(project)) {
      String name = line.substring(1, line.indexOf(' '));
      if (!containers.contains(name)) {
        containers.add(name);
      }
    }
  }

  String status(String name) throws IOException {
    return inspect(name).path("State").path("Status").asText();
  }

  @Override
  public void close() throws IOException {
    try (engine) {
      for (String container : containers) {
        engine.delete("/containers/" + container + "?force=true&v=true");
      }
      for (String network : networks) {
        engine.delete("/networks/" + network);
      }
    }
  }
}
