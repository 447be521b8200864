package io.tocsin.embedded;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what a job can continue from: Flink leaves {@code <job id>/chk-N} directories, and every
 * start of the cluster has new job ids. A checkpoint is complete when its {@code _metadata} can be
 * read; Flink writes that file last. The newest is the one with the highest N: numbers go on over a
 * restore, whereas file times go back with the clock.
 */
final class NewestCheckpoint {

  private static final Logger LOG = LoggerFactory.getLogger(NewestCheckpoint.class);
  private static final Pattern JOB_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");

  /**
   * @param path the {@code chk-N} directory
   * @param number N
   * @param written when its metadata was written; decides between equal numbers
   */
  record Checkpoint(Path path, long number, FileTime written) {}

  private final Path directory;

  /**
   * @param directory the checkpoint directory of one job name; need not exist
   */
  NewestCheckpoint(Path directory) {
    this.directory = directory;
  }

  /** All complete checkpoints, newest first. */
  List<Checkpoint> complete() {
    return runs().stream()
        .flatMap(run -> list(run).stream())
        .flatMap(path -> read(path).stream())
        .sorted(
            Comparator.comparingLong(Checkpoint::number)
                .thenComparing(Checkpoint::written)
                .reversed())
        .toList();
  }

  /** Those that were completed and can be read no more, or only by another version. */
  List<Path> unreadable() {
    return runs().stream()
        .flatMap(run -> list(run).stream())
        .filter(path -> CHECKPOINT.matcher(path.getFileName().toString()).matches())
        .filter(path -> Files.exists(path.resolve("_metadata")))
        .filter(path -> read(path).isEmpty())
        .toList();
  }

  /**
   * Takes a checkpoint that could not be restored out of the running by renaming it, so that the
   * checkpoints that follow an older one, whose numbers it may have, are not outranked by it.
   */
  void refuse(Checkpoint checkpoint) {
    Path path = checkpoint.path();
    Path aside = path.resolveSibling("refused-" + path.getFileName());
    try {
      Files.move(path, aside);
      LOG.warn("{} could not be restored; it is kept as {}", path, aside.getFileName());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot rename " + path, e);
    }
  }

  /**
   * Deletes the directories of earlier runs that hold none of the newest {@code keep} complete
   * checkpoints. Leaves alone whatever is not named like a Flink job id.
   */
  void discardOlderThan(int keep) {
    Set<Path> needed =
        complete().stream().limit(keep).map(c -> c.path().getParent()).collect(Collectors.toSet());
    for (Path run : runs()) {
      if (!needed.contains(run)) {
        delete(run);
      }
    }
  }

  /** The directories of other jobs beside this one's. */
  List<Path> besides() {
    return list(directory.getParent()).stream().filter(other -> !other.equals(directory)).toList();
  }

  private List<Path> runs() {
    return list(directory).stream()
        .filter(p -> JOB_ID.matcher(p.getFileName().toString()).matches())
        .toList();
  }

  private static Optional<Checkpoint> read(Path path) {
    Matcher name = CHECKPOINT.matcher(path.getFileName().toString());
    Path metadata = path.resolve("_metadata");
    if (!name.matches() || !Files.isRegularFile(metadata)) {
      return Optional.empty();
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(metadata)))) {
      Checkpoints.loadCheckpointMetadata(
          in, NewestCheckpoint.class.getClassLoader(), path.toUri().toString());
      return Optional.of(
          new Checkpoint(path, Long.parseLong(name.group(1)), Files.getLastModifiedTime(metadata)));
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} cannot be read and is passed over: {}", metadata, e.toString());
      return Optional.empty();
    }
  }

  private static List<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }

  private static void delete(Path tree) {
    try {
      DirectoryTree.delete(tree);
      LOG.info("deleted {}: newer checkpoints replaced it", tree);
    } catch (IOException e) {
      LOG.warn("cannot delete {}: {}", tree, e.toString());
    }
  }
}
