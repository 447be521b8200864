package io.tocsin.collectors.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
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
}
