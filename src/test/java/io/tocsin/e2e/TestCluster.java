package io.tocsin.e2e;

import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.EmbeddedRegistry;
import io.tocsin.embedded.PartFailure;
import io.tocsin.embedded.Ports;
import io.tocsin.schemas.topic.Cluster;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A broker and a registry, real ones, for stages that run alone; without any topic. */
final class TestCluster implements AutoCloseable {

  private final Queue<PartFailure> died = new ConcurrentLinkedQueue<>();
  private final EmbeddedKafka kafka;
  private final EmbeddedRegistry registry;

  TestCluster(Path directory) throws Exception {
    DataDirectory data = new DataDirectory(directory);
    data.create();
    Ports ports = Ports.free();
    kafka = new EmbeddedKafka(data.kafka(), ports, died::add);
    registry =
        new EmbeddedRegistry(
            Path.of("target/registry").toAbsolutePath(), data, ports.registry(), died::add);
    kafka.start();
    registry.start();
  }

  Cluster address() {
    return new Cluster(kafka.address(), registry.address());
  }

  /** The broker is away until it is started again, at the same address with the same topics. */
  void stopBroker() {
    kafka.close();
  }

  void startBroker() throws Exception {
    kafka.start();
  }

  @Override
  public void close() {
    kafka.close();
    registry.close();
    if (!died.isEmpty()) {
      throw new AssertionError("parts died during the test: " + died);
    }
  }
}
