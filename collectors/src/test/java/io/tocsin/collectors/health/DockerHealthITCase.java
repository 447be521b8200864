package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HealthCheck;
import io.tocsin.collectors.Collector;
import io.tocsin.collectors.parts.DockerPart;
import io.tocsin.schemas.Health;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks of containers that a real Docker runs. */
@Timeout(90)
class DockerHealthITCase {

  private static final String NAME = "tocsin-health-it";

  @Test
  void theHealthCheckOfARunningContainerDecides() throws Exception {
    try (DockerClient docker = DockerPart.client();
        Collector collector = OnePass.collector(OnePass.patient(new Target.Docker(NAME, null)))) {
      remove(docker);
      assertThat(OnePass.of(collector).told()).isEqualTo("DOWN there is no container " + NAME);

      HealthCheck looksForFile =
          new HealthCheck()
              .withTest(List.of("CMD", "/bin/ls", "/tmp/fine"))
              .withInterval(Duration.ofMillis(500).toNanos())
              .withTimeout(Duration.ofSeconds(5).toNanos())
              .withRetries(1);
      try (CreateContainerCmd create = docker.createContainerCmd(DockerPart.IMAGE)) {
        create
            .withName(NAME)
            .withCmd("sh", "-c", "while true; do sleep 1; done")
            .withHealthcheck(looksForFile)
            .exec();
      }
      try {
        assertThat(OnePass.of(collector).told()).isEqualTo("DOWN " + NAME + " is created");

        docker.startContainerCmd(NAME).exec();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> OnePass.of(collector).health() == Health.DOWN);
        assertThat(OnePass.of(collector).told())
            .startsWith("DOWN " + NAME + " is unhealthy: ")
            .contains("/tmp/fine");

        String exec = docker.execCreateCmd(NAME).withCmd("sh", "-c", "> /tmp/fine").exec().getId();
        docker.execStartCmd(exec).exec(new ResultCallback.Adapter<>()).awaitCompletion();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> OnePass.of(collector).health() == Health.UP);

        docker.pauseContainerCmd(NAME).exec();
        assertThat(OnePass.of(collector).told()).isEqualTo("DOWN " + NAME + " is paused");
        docker.unpauseContainerCmd(NAME).exec();
        docker.killContainerCmd(NAME).exec();
        await()
            .until(
                () ->
                    OnePass.of(collector)
                        .told()
                        .equals("DOWN " + NAME + " is exited, exit code 137"));
      } finally {
        remove(docker);
      }
    }
  }

  private static void remove(DockerClient docker) {
    try {
      docker.removeContainerCmd(NAME).withForce(true).exec();
    } catch (NotFoundException notThere) {
      // As wanted.
    }
  }
}
