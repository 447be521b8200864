package io.tocsin.bench;

import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.PartFailure;
import io.tocsin.embedded.Ports;
import io.tocsin.schemas.topic.Cluster;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What runs in the processes that the bench starts. Each says {@code ready} when it is, and ends
 * when its boss does.
 */
public enum Part {
  /** The embedded broker. */
  BROKER {
    @Override
    public void run(Place place, Boss boss, Clock clock) throws PartFailure, InterruptedException {
      Ports ports = new Ports(place.kafkaPort(), place.controllerPort(), 0, 0, 0, 0);
      try (EmbeddedKafka kafka =
          new EmbeddedKafka(
              place.directory(), ports, death -> boss.say("died", death.getMessage()))) {
        kafka.start();
        boss.say("ready", kafka.address());
        while (boss.command().isPresent()) {
          // it has nothing to say
        }
      }
    }
  },
  /** Our topologies. */
  STREAMS {
    @Override
    public void run(Place place, Boss boss, Clock clock) throws InterruptedException {
      new StreamsPart(place, boss, clock).run();
    }
  },
  /** Our alerting job, with the rules of a file. */
  ALERTING {
    @Override
    public void run(Place place, Boss boss, Clock clock) throws PartFailure, InterruptedException {
      new AlertingPart(place, boss, clock).run();
    }
  },
  /** Samples copied to another topic, exactly once, and nothing else. */
  COPY {
    @Override
    public void run(Place place, Boss boss, Clock clock) throws InterruptedException {
      new CopyPart(place, boss).run();
    }
  },
  /** Ready-made samples sent as fast as the broker takes them. */
  PRODUCE {
    @Override
    public void run(Place place, Boss boss, Clock clock) {
      new ProducePart(place, boss).run();
    }
  };

  /**
   * Where a part works.
   *
   * @param directory its own files
   * @param cluster broker and registry; meaningless to the broker itself
   * @param kafkaPort where the broker is to listen
   * @param controllerPort where its controller is to listen
   * @param threads how many threads it may have
   */
  public record Place(
      Path directory, Cluster cluster, int kafkaPort, int controllerPort, int threads) {}

  /** Works until the boss is gone. */
  public abstract void run(Place place, Boss boss, Clock clock)
      throws PartFailure, InterruptedException;
}
