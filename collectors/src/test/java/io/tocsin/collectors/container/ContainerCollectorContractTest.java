package io.tocsin.collectors.container;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class ContainerCollectorContractTest extends CollectorContract {

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Override
  protected Collector healthy() throws Exception {
    FakeMachine machine = FakeMachine.version2(Files.createTempDirectory(folder, "healthy"));
    machine.start(FakeMachine.path(FakeMachine.id(1)));
    machine.start(FakeMachine.path(FakeMachine.id(2)));
    FakeDocker docker = new FakeDocker();
    open.add(docker);
    docker.list(
        """
        [{"Id":"%s","Names":["/web"],"State":"running","Status":"Up 2 hours"},
         {"Id":"%s","Names":["/shop"],"State":"running","Status":"Up 3 hours"}]
        """
            .formatted(FakeMachine.id(1), FakeMachine.id(2)));
    Opened opened = Opened.with(machine.config(docker.socket()));
    open.add(opened);
    opened.collectUntil(2);
    return opened.collector();
  }

  /** Files of one container are cut short, and Docker never answers. */
  @Override
  protected Collector troubled() throws Exception {
    FakeMachine machine = FakeMachine.version2(Files.createTempDirectory(folder, "troubled"));
    String path = "/machine.slice/libpod-" + FakeMachine.id(3) + ".scope";
    machine.start(path).start(FakeMachine.path(FakeMachine.id(4)));
    Files.writeString(machine.file(path + "/memory.stat"), "anon 12\ninactive_f");
    FakeDocker docker = new FakeDocker();
    open.add(docker);
    docker.behave((question, client) -> {});
    Opened opened = Opened.with(machine.config(docker.socket()));
    open.add(opened);
    return opened.collector();
  }
}
