package io.tocsin.cli;

import io.tocsin.bench.Boss;
import io.tocsin.bench.Part;
import io.tocsin.embedded.PartFailure;
import io.tocsin.schemas.topic.Cluster;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A process that {@code tocsin bench} starts; of no use to people. */
@Command(name = "bench-part", hidden = true, description = "A part of tocsin bench.")
final class BenchPartCommand implements Callable<Integer> {

  @Parameters(index = "0")
  private Part part;

  @Option(names = "--directory", required = true)
  private Path directory;

  @Option(names = "--logs", required = true)
  private Path logs;

  @Option(names = "--bootstrap", defaultValue = "")
  private String bootstrap;

  @Option(names = "--registry", defaultValue = "")
  private String registry;

  @Option(names = "--kafka-port", defaultValue = "0")
  private int kafkaPort;

  @Option(names = "--controller-port", defaultValue = "0")
  private int controllerPort;

  @Option(names = "--threads", defaultValue = "1")
  private int threads;

  @Override
  public Integer call() throws PartFailure, InterruptedException {
    Logging.toFiles(logs);
    Part.Place place =
        new Part.Place(
            directory, new Cluster(bootstrap, registry), kafkaPort, controllerPort, threads);
    part.run(place, new Boss(System.in, System.out), Clock.systemUTC());
    return 0;
  }
}
