package io.tocsin.collectors.spool;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A spool in a directory, what it lost, and a disk that can be full. */
final class SpoolFixture {

  static final List<Topic<?>> TOPICS = List.of(Topics.RESOURCES, Topics.PROBES);

  final Path directory;
  final Map<String, Long> lost = new HashMap<>();
  Spool.Limits limits = new Spool.Limits(1 << 20, 64 << 10);
  Disk disk = Disk.real();

  SpoolFixture(Path directory) {
    this.directory = directory;
  }

  Spool open() {
    return Spool.open(
        directory, limits, disk, TOPICS, (reason, count) -> lost.merge(reason, count, Long::sum));
  }

  static Outgoing probe(long sequence) {
    Probe probe = Examples.probe(Health.UP, Examples.NOON);
    probe.setOrigin(Examples.origin(sequence));
    return new Outgoing.Value<>(Topics.PROBES, probe);
  }

  /** Adds and commits so many probes, one commit each, and leaves them to the reader. */
  static void write(Spool spool, long first, int count) throws IOException {
    for (long sequence = first; sequence < first + count; sequence++) {
      long number = spool.add(probe(sequence), 1_000 + sequence);
      spool.commit();
      spool.release(number);
    }
  }

  /** Sequences of all probes that the reader still has before it. */
  static List<Long> read(Spool spool) {
    List<Long> sequences = new ArrayList<>();
    for (Spooled next = next(spool); next != null; next = next(spool)) {
      Outgoing.Value<?> value = (Outgoing.Value<?>) next.outgoing();
      sequences.add(((Probe) value.value()).getOrigin().getSequence());
    }
    return sequences;
  }

  private static Spooled next(Spool spool) {
    Spooled next = spool.reader().next();
    for (int tries = 0; next == null && spool.unread() > 0 && tries < 10; tries++) {
      next = spool.reader().next();
    }
    return next;
  }

  /** What a process that is killed now leaves behind, in a directory beside this one. */
  SpoolFixture killed() throws IOException {
    Path left = Files.createTempDirectory(directory.getParent(), "killed");
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.copy(file, left.resolve(file.getFileName()));
      }
    }
    SpoolFixture fixture = new SpoolFixture(left);
    fixture.limits = limits;
    return fixture;
  }

  List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(path -> path.toString().endsWith(".seg")).sorted().toList();
    }
  }
}
