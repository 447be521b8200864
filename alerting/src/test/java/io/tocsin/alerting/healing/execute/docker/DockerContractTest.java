package io.tocsin.alerting.healing.execute.docker;

import io.tocsin.alerting.healing.execute.ByteSize;
import io.tocsin.alerting.healing.execute.ExecutorContract;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.ExecutorWorld;
import io.tocsin.alerting.healing.execute.MemoryStep;
import io.tocsin.alerting.healing.execute.Trouble;
import io.tocsin.alerting.healing.execute.UnixServer;
import io.tocsin.alerting.healing.execute.docker.DockerSpec.CpuStep;
import io.tocsin.alerting.healing.execute.docker.DockerSpec.Operation;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** Each operation against a daemon that is played over the real protocol. */
class DockerContractTest {

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

    private static final String LIMITED =
        "{\"Memory\": 67108864, \"MemorySwap\": 134217728, \"NanoCpus\": 500000000}";

    private final Operation operation;

    Contract(Operation operation) {
      this.operation = operation;
    }

    @Override
    protected ExecutorWorld world() throws IOException {
      Path socket = temporary.resolve("docker.sock");
      FakeDocker docker = new FakeDocker(socket);
      docker.container(
          "shop-web-1",
          operation == Operation.START ? "exited" : "running",
          LIMITED,
          """
          {"com.docker.compose.project": "shop", "com.docker.compose.service": "web",
           "com.docker.compose.container-number": "1"}
          """);
      docker.container("bystander", "running", LIMITED, "{}");
      return new World(operation, socket, docker, docker::state);
    }

    @Override
    protected Optional<ExecutorWorld> world(Trouble trouble) throws IOException {
      Path socket = temporary.resolve("docker.sock");
      Closeable other =
          switch (trouble) {
            case AWAY -> () -> {};
            case HANGING -> new UnixServer(socket, UnixServer::silent);
            case NONSENSE -> new UnixServer(socket, UnixServer::babbling);
          };
      return Optional.of(new World(operation, socket, other, () -> ""));
    }
  }

  @FunctionalInterface
  interface State {
    Object get() throws IOException;
  }

  record World(Operation operation, Path socket, Closeable other, State seen)
      implements ExecutorWorld {

    @Override
    public ExecutorSpec spec() {
      boolean limits = operation == Operation.LIMITS;
      return new DockerSpec(
          operation,
          socket,
          limits ? new CpuStep(0.25, 1) : null,
          limits ? new MemoryStep(ByteSize.parse("32MiB"), ByteSize.parse("128MiB")) : null,
          null,
          null);
    }

    @Override
    public String object() {
      return operation == Operation.SCALE ? "shop/web" : "shop-web-1";
    }

    @Override
    public Optional<String> missing() {
      return Optional.of(operation == Operation.SCALE ? "shop/till" : "till");
    }

    @Override
    public Object state() throws IOException {
      return seen.get();
    }

    @Override
    public boolean compensates() {
      return adds();
    }

    @Override
    public boolean adds() {
      return operation == Operation.LIMITS || operation == Operation.SCALE;
    }

    @Override
    public void close() throws IOException {
      other.close();
    }
  }
}
