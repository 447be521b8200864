package io.tocsin.alerting.healing.execute.libvirt;

import io.tocsin.alerting.healing.execute.ByteSize;
import io.tocsin.alerting.healing.execute.ExecutorContract;
import io.tocsin.alerting.healing.execute.ExecutorWorld;
import io.tocsin.alerting.healing.execute.MemoryStep;
import io.tocsin.alerting.healing.execute.Trouble;
import io.tocsin.alerting.healing.execute.UnixServer;
import io.tocsin.alerting.healing.execute.libvirt.LibvirtSpec.Operation;
import io.tocsin.alerting.healing.execute.libvirt.LibvirtSpec.VcpuStep;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/**
 * Operations with libvirt's own test driver: a hypervisor with one domain, within the library. A
 * reset leaves no trace in it and is tested with QEMU.
 */
class LibvirtContractTest {

  @Nested
  class Start extends Contract {
    Start() {
      super(Operation.START);
    }
  }

  @Nested
  class Vcpus extends Contract {
    Vcpus() {
      super(Operation.VCPUS);
    }
  }

  @Nested
  class Memory extends Contract {
    Memory() {
      super(Operation.MEMORY);
    }
  }

  abstract static class Contract extends ExecutorContract {

    private final Operation operation;

    Contract(Operation operation) {
      this.operation = operation;
    }

    @Override
    protected ExecutorWorld world() throws Exception {
      TestDriver driver = new TestDriver();
      switch (operation) {
        case START -> driver.destroy();
        case VCPUS -> driver.domain().setVcpus(1, LibvirtLibrary.LIVE);
        default -> {
          // as it is
        }
      }
      return new World(operation, TestDriver.URI, driver, driver::state);
    }

    @Override
    protected Optional<ExecutorWorld> world(Trouble trouble) throws IOException {
      TestDriver.needLibrary();
      Path socket = temporary.resolve("libvirt-sock");
      Closeable other =
          switch (trouble) {
            case AWAY -> () -> {};
            case HANGING -> new UnixServer(socket, UnixServer::silent);
            case NONSENSE -> new UnixServer(socket, UnixServer::babbling);
          };
      String uri = "qemu+unix:///system?socket=" + socket;
      return Optional.of(new World(operation, uri, other, () -> ""));
    }
  }

  @FunctionalInterface
  interface State {
    Object get() throws LibvirtException;
  }

  private record World(Operation operation, String uri, Closeable other, State seen)
      implements ExecutorWorld {

    @Override
    public LibvirtSpec spec() {
      return new LibvirtSpec(
          operation,
          uri,
          operation == Operation.VCPUS ? new VcpuStep(null, 4) : null,
          operation == Operation.MEMORY
              ? new MemoryStep(ByteSize.parse("512MiB"), ByteSize.parse("4GiB"))
              : null,
          null);
    }

    @Override
    public String object() {
      return TestDriver.DOMAIN;
    }

    @Override
    public Optional<String> missing() {
      return Optional.of("till");
    }

    @Override
    public Object state() throws LibvirtException {
      return seen.get();
    }

    @Override
    public boolean compensates() {
      return adds();
    }

    @Override
    public boolean adds() {
      return operation != Operation.START;
    }

    @Override
    public void close() throws IOException {
      other.close();
    }
  }
}
