package io.tocsin.alerting.healing.execute.docker;

import io.tocsin.alerting.healing.execute.ExecutorContract;
import io.tocsin.alerting.healing.execute.ExecutorWorld;
import io.tocsin.alerting.healing.execute.Trouble;
import io.tocsin.alerting.healing.execute.docker.DockerSpec.Operation;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** Each operation against a real daemon; its troubles are played elsewhere. */
class DockerContractITCase {

  @Nested
  class Restart extends Contract {
    Restart() {
      super(Operation.RESTART);
    }
  }

  @Nested
  class Start extends Contract {
    Start() {
      super(Operation.START);
    }
  }

  @Nested
  class Limits extends Contract {
    Limits() {
      super(Operation.LIMITS);
    }
  }

  @Nested
  class Scale extends Contract {
    Scale() {
      super(Operation.SCALE);
    }
  }

  abstract static class Contract extends ExecutorContract {

    private final Operation operation;

    Contract(Operation operation) {
      this.operation = operation;
    }

    @Override
    protected ExecutorWorld world() throws IOException {
      String project = RealDocker.unique("it");
      String name = project + "-web-1";
      RealDocker docker = new RealDocker();
      docker.run(
          name,
          "while :; do sleep 1; done",
          """
          {"Labels": {"com.docker.compose.project": "%s", "com.docker.compose.service": "web",
                      "com.docker.compose.container-number": "1"},
           "HostConfig": {"NetworkMode": "none", "Memory": 67108864, "NanoCpus": 500000000}}
          """
              .formatted(project));
      if (operation == Operation.START) {
        docker.kill(name);
      }
      Closeable all =
          () -> {
            docker.removeProject(project);
            docker.close();
          };
      boolean scale = operation == Operation.SCALE;
      return new Real(
          new DockerContractTest.World(
              operation, Path.of("/var/run/docker.sock"), all, () -> docker.project(project)),
          scale ? project + "/web" : name,
          scale ? project + "/till" : project + "-till-1");
    }

    @Override
    protected Optional<ExecutorWorld> world(Trouble trouble) {
      return Optional.empty();
    }
  }

  private record Real(DockerContractTest.World like, String object, String nobody)
      implements ExecutorWorld {

    @Override
    public DockerSpec spec() {
      DockerSpec spec = (DockerSpec) like.spec();
      return new DockerSpec(
          spec.operation(),
          spec.socket(),
          spec.cpus(),
          spec.memory(),
          spec.replicas(),
          Duration.ZERO);
    }

    @Override
    public Optional<String> missing() {
      return Optional.of(nobody);
    }

    @Override
    public Object state() throws IOException {
      return like.state();
    }

    @Override
    public boolean compensates() {
      return like.compensates();
    }

    @Override
    public boolean adds() {
      return like.adds();
    }

    @Override
    public void close() throws IOException {
      like.close();
    }
  }
}
