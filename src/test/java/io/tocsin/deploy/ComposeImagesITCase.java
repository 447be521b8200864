package io.tocsin.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.e2e.RealPart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.ComposeContainer;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ContainerState;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * {@code deploy/compose.yaml} as it is, on the official images: a check that fails becomes an
 * incident that the console's API tells of. Only where images can be pulled: {@code -Dgroups=images
 * -DexcludedGroups= -Dit.test=ComposeImagesITCase -Dtocsin.image=<name>}.
 */
@Tag("images")
class ComposeImagesITCase {

  private static final Duration START = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String API = "http://127.0.0.1:18080";

  /** Nothing listens there, on any machine that does not serve what nobody has used for decades. */
  private static final String FAILING =
      """
        - id: broken
          service: broken
          tier: core
          tcp: {host: 127.0.0.1, port: 1}
      """;

  @TempDir Path directory;

  @Test
  void aFailingCheckBecomesAnIncident() throws Exception {
    RealPart.need("Docker", "install docker and start dockerd", "docker", "version");
    RealPart.need("Docker Compose", "install its plug-in", "docker", "compose", "version");
    String image = System.getProperty("tocsin.image");
    assertThat(image).as("-Dtocsin.image=$(deploy/image/build)").isNotBlank();
    copy(Yaml.DEPLOY, directory);
    assertThat(run(directory.resolve("compose/secrets").toString())).isZero();
    Path agent = directory.resolve("compose/agent.yaml");
    Files.writeString(
        agent, Files.readString(agent).replace("checks:\n", "checks:\n" + FAILING.indent(0)));

    try (ComposeContainer compose =
        new ComposeContainer(directory.resolve("compose.yaml").toFile())
            .withEnv("TOCSIN_IMAGE", image)
            .withEnv(
                "TOCSIN_AGENT", InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT))
            .waitingFor("serve-1", Wait.forHealthcheck().withStartupTimeout(START))
            .waitingFor("alerting-tasks-1", Wait.forHealthcheck().withStartupTimeout(START))
            .waitingFor("streams-1-1", Wait.forHealthcheck().withStartupTimeout(START))) {
      compose.start();
      String token = token(compose.getContainerByServiceName("serve-1").orElseThrow());
      await("the incident")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () -> assertThat(get("/api/v1/incidents", token)).contains("endpoint/broken"));
    }
  }

  private static String token(ContainerState serve) throws IOException, InterruptedException {
    ExecResult made =
        serve.execInContainer(
            "tocsin",
            "token",
            "create",
            "--config",
            "/etc/tocsin/tocsin.yaml",
            "--name",
            "images",
            "--role",
            "viewer",
            "--for",
            "1d");
    assertThat(made.getExitCode()).as(made.getStderr()).isZero();
    return made.getStdout()
        .lines()
        .filter(line -> line.contains("tocsin_"))
        .findFirst()
        .orElseThrow()
        .replaceFirst("^.*(tocsin_\\S+).*$", "$1");
  }

  private static String get(String path, String token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(API + path))
            .header("Authorization", "Bearer " + token)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    assertThat(run("cp", "-r", from + "/.", to.toString())).isZero();
  }
}
