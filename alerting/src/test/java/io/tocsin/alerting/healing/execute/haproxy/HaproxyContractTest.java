package io.tocsin.alerting.healing.execute.haproxy;

import io.tocsin.alerting.healing.execute.BadPeer;
import io.tocsin.alerting.healing.execute.ExecutorContract;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.ExecutorWorld;
import io.tocsin.alerting.healing.execute.Trouble;
import io.tocsin.alerting.healing.execute.haproxy.HaproxySpec.Operation;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;

/** Against a fake of the runtime API; {@code HaproxyITCase} has the real one. */
class HaproxyContractTest {

  abstract static class OfOperation extends ExecutorContract {

    private final Operation operation;

    OfOperation(Operation operation) {
      this.operation = operation;
    }

    private Integer weight() {
      return operation == Operation.WEIGHT ? Integer.valueOf(10) : null;
    }

    private String to() {
      return operation == Operation.SWITCH ? "shop/web-2" : null;
    }

    @Override
    protected ExecutorWorld world() throws IOException {
      FakeHaproxy haproxy =
          new FakeHaproxy(temporary, "shop/web-1", "shop/web-2", "shop/web-3", "till/web-1");
      if (operation == Operation.READY) {
        haproxy.servers.get("shop/web-1").admin = 8;
      } else if (operation == Operation.SWITCH) {
        haproxy.servers.get("shop/web-2").admin = 1;
      }
      return new World(
          new HaproxySpec(operation, haproxy.socket, null, weight(), to()),
          () -> haproxy.state(),
          haproxy);
    }

    @Override
    protected Optional<ExecutorWorld> world(Trouble trouble) throws IOException {
      BadPeer peer = BadPeer.in(trouble);
      return Optional.of(
          new World(
              new HaproxySpec(operation, null, "127.0.0.1:" + peer.port(), weight(), to()),
              () -> "",
              peer));
    }
  }

  private record World(ExecutorSpec spec, Supplier<Object> seen, Closeable end)
      implements ExecutorWorld {

    @Override
    public String object() {
      return "shop/web-1";
    }

    @Override
    public Optional<String> missing() {
      return Optional.of("shop/web-9");
    }

    @Override
    public Object state() {
      return seen.get();
    }

    @Override
    public boolean compensates() {
      return true;
    }

    @Override
    public boolean adds() {
      return false;
    }

    @Override
    public void close() throws IOException {
      end.close();
    }
  }

  @Nested
  class Drain extends OfOperation {
    Drain() {
      super(Operation.DRAIN);
    }
  }

  @Nested
  class Maintenance extends OfOperation {
    Maintenance() {
      super(Operation.MAINT);
    }
  }

  @Nested
  class Ready extends OfOperation {
    Ready() {
      super(Operation.READY);
    }
  }

  @Nested
  class Weight extends OfOperation {
    Weight() {
      super(Operation.WEIGHT);
    }
  }

  @Nested
  class Switch extends OfOperation {
    Switch() {
      super(Operation.SWITCH);
    }
  }
}
