package io.tocsin.alerting.healing.execute.systemd;

import io.tocsin.alerting.healing.execute.ExecutorContract;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.ExecutorWorld;
import io.tocsin.alerting.healing.execute.Trouble;
import io.tocsin.alerting.healing.execute.UnixServer;
import io.tocsin.alerting.healing.execute.systemd.SystemdSpec.Operation;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;

/** Each operation over a real bus, on which somebody plays systemd. */
class SystemdContractTest {

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
  class Reload extends Contract {
    Reload() {
      super(Operation.RELOAD);
    }
  }

  abstract static class Contract extends ExecutorContract {

    private final Operation operation;

    Contract(Operation operation) {
      this.operation = operation;
    }

    @Override
    protected ExecutorWorld world() throws Exception {
      PrivateBus bus = new PrivateBus(temporary);
      FakeSystemd systemd = new FakeSystemd(bus.address());
      systemd.service("shop@1.service", operation != Operation.START);
      systemd.service("bystander.service", true);
      return new World(
          new SystemdSpec(operation, bus.address()),
          () -> {
            systemd.close();
            bus.close();
          },
          systemd::state);
    }

    @Override
    protected Optional<ExecutorWorld> world(Trouble trouble) throws IOException {
      Path socket = temporary.resolve("bus");
      Closeable other =
          switch (trouble) {
            case AWAY -> () -> {};
            case HANGING -> new UnixServer(socket, UnixServer::silent);
            case NONSENSE -> new UnixServer(socket, UnixServer::babbling);
          };
      return Optional.of(
          new World(new SystemdSpec(operation, "unix:path=" + socket), other, () -> ""));
    }
  }

  private record World(ExecutorSpec spec, Closeable other, Supplier<String> seen)
      implements ExecutorWorld {

    @Override
    public String object() {
      return "shop@1.service";
    }

    @Override
    public Optional<String> missing() {
      return Optional.of("till.service");
    }

    @Override
    public Object state() {
      return seen.get();
    }

    @Override
    public boolean compensates() {
      return false;
    }

    @Override
    public boolean adds() {
      return false;
    }

    @Override
    public void close() throws IOException {
      other.close();
    }
  }
}
