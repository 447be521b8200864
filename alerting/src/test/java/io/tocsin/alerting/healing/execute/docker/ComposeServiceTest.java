package io.tocsin.alerting.healing.execute.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alerting.healing.execute.docker.DockerSpec.Replicas;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ComposeServiceTest {

  @TempDir Path folder;
  private FakeDocker docker;
  private DockerEngine engine;
  private ComposeService service;

  @BeforeEach
  void open() throws IOException {
    docker = new FakeDocker(folder.resolve("docker.sock"));
    engine = new DockerEngine(folder.resolve("docker.sock"), Duration.ofSeconds(20));
    service = new ComposeService(engine, "shop/web");
  }

  @AfterEach
  void close() throws IOException {
    engine.close();
    docker.close();
  }

  private void replica(int number, String status, String more) throws IOException {
    docker.container(
        "shop-web-" + number,
        status,
        "{\"NetworkMode\": \"shop_default\"}",
        """
        {"com.docker.compose.project": "shop", "com.docker.compose.service": "web",
         "com.docker.compose.container-number": "%d"%s}
        """
            .formatted(number, more));
  }

  @Test
  void oneThatDoesNotStartIsRemovedAgain() throws IOException {
    replica(1, "running", "");
    docker.refuseToStart("shop-web-2");
    String before = docker.state();

    assertThatThrownBy(() -> service.add(new Replicas(1, 3), "plan-1"))
        .hasMessageContaining("made shop-web-2, which did not start and was removed")
        .hasMessageContaining("port is already allocated");
    assertThat(docker.state()).isEqualTo(before);
  }

  @Test
  void aNameThatSomebodyElseHasIsLeftToThem() throws IOException {
    replica(1, "running", "");
    docker.container("shop-web-2", "exited", "{}", "{}");
    assertThat(service.add(new Replicas(1, 3), "plan-1"))
        .isEqualTo("made shop-web-3; shop/web has 2 containers");
  }

  @Test
  void stepsEndAtTheBoundAndARepeatCompletesThem() throws IOException {
    replica(1, "running", "");
    replica(2, "exited", "");
    assertThat(service.add(new Replicas(3, 4), "plan-1"))
        .isEqualTo("made shop-web-3, shop-web-4; shop/web has 4 containers");
    assertThat(service.add(new Replicas(3, 4), "plan-1")).contains("made for this plan already");
    assertThatThrownBy(() -> service.add(new Replicas(3, 4), "plan-2"))
        .hasMessageContaining("replicas.most is 4");
  }

  @Test
  void thereMustBeARunningOneToLearnFromAndOneOffsAreNone() throws IOException {
    replica(1, "exited", "");
    replica(2, "running", ", \"com.docker.compose.oneoff\": \"True\"");
    assertThatThrownBy(() -> service.add(new Replicas(1, 3), "plan-1"))
        .hasMessageContaining("no running container of shop/web");
  }

  @Test
  void whatOnlyOneCanHaveIsNotCopied() throws IOException {
    replica(1, "running", "");
    service.add(new Replicas(1, 3), "plan-1");
    String created =
        docker.asked().stream().filter(each -> each.contains("/create")).findFirst().orElseThrow();
    assertThat(created)
        .contains("\"shop_default\":{\"Aliases\":[\"web\"]}")
        .contains("\"Env\":[\"A=b\"]")
        .doesNotContain("Hostname")
        .doesNotContain("IPAddress");
  }
}
