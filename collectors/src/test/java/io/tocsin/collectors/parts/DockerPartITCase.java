package io.tocsin.collectors.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DockerPartITCase {

  @Test
  void aContainerOfTheTestImageRuns() throws Exception {
    try (DockerClient docker = DockerPart.client()) {
      String id = docker.createContainerCmd(DockerPart.IMAGE).withCmd("sleep", "60").exec().getId();
      try {
        docker.startContainerCmd(id).exec();
        assertThat(docker.inspectContainerCmd(id).exec().getState().getRunning()).isTrue();
      } finally {
        docker.removeContainerCmd(id).withForce(true).exec();
      }
    }
  }

  @Test
  void theTestImageCanBeMadeWhereItIsMissing() throws Exception {
    try (DockerClient docker = DockerPart.client()) {
      String image = "tocsin-test/made-anew:1";
      DockerPart.build(docker, image);
      try {
        assertThat(docker.inspectImageCmd(image).exec().getId()).startsWith("sha256:");
        String id = docker.createContainerCmd(image).withCmd("true").exec().getId();
        try {
          docker.startContainerCmd(id).exec();
          assertThat(docker.waitContainerCmd(id).start().awaitStatusCode(30, TimeUnit.SECONDS))
              .isZero();
        } finally {
          docker.removeContainerCmd(id).withForce(true).exec();
        }
      } finally {
        docker.removeImageCmd(image).withForce(true).exec();
      }
    }
  }
}
