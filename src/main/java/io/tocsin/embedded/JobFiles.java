package io.tocsin.embedded;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;

/**
 * What a job of {@link EmbeddedFlink} has kept, to be copied away and put back elsewhere. A
 * checkpoint of the hash-map backend is one directory whose files refer to each other by name, so
 * that it can be moved.
 */
public final class JobFiles {

  /** Where a job was in its topics means nothing in front of other topics. */
  private static final String SOURCES = "read-";

  private static final String METADATA = "_metadata";
  private static final Pattern BEGUN = Pattern.compile("chk-(\\d{1,18})");

  private final Path directory;

  /** Of a job by the name that it is submitted under. */
  public JobFiles(DataDirectory data, String job) {
    this.directory = data.checkpoints().resolve(job);
  }

  /**
   * A complete checkpoint.
   *
   * @param number counts up, also over restarts
   */
  public record Kept(long number, Path directory) {}

  /** The newest complete one; empty if there is none. */
  public Optional<Kept> newest() {
    return new NewestCheckpoint(directory)
        .complete().stream().findFirst().map(each -> new Kept(each.number(), each.path()));
  }

  /** The highest number of one that was begun at least; 0 if none was. */
  public long newestBegun() {
    return entries(directory).stream()
        .flatMap(run -> entries(run).stream())
        .map(path -> BEGUN.matcher(path.getFileName().toString()))
        .filter(Matcher::matches)
        .mapToLong(name -> Long.parseLong(name.group(1)))
        .max()
        .orElse(0);
  }

  /** Flink deletes old ones all the while. */
  private static List<Path> entries(Path directory) {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    } catch (NoSuchFileException | NotDirectoryException gone) {
      return List.of();
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot list " + directory, broken);
    }
  }

  /**
   * Copies one.
   *
   * @param to a directory that is there
   * @param prefix of the copies' names
   * @return the copies
   */
  public static List<Path> copy(Kept kept, Path to, String prefix) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(kept.directory())) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      Files.copy(file, to.resolve(prefix + file.getFileName()));
    }
    return files.stream().map(file -> to.resolve(prefix + file.getFileName())).toList();
  }

  /**
   * Puts copies back as if an earlier run of the job had left them, without what that run knew of
   * its place in its topics. Done again it changes nothing.
   *
   * @param run 32 hexadecimal digits that stand for the copies
   * @throws IOException also if the job has state of its own there, or the copies are none
   */
  public void putBack(List<Path> copies, String prefix, long number, String run)
      throws IOException {
    Path target = directory.resolve(run);
    Optional<Kept> there = newest();
    if (there.isPresent() && !there.get().directory().startsWith(target)) {
      throw new IOException(
          directory + " has state of its own; a restore goes into an empty installation");
    }
    if (there.isPresent()) {
      return;
    }
    DirectoryTree.delete(target);
    Path beside = directory.resolve("restoring-" + run);
    DirectoryTree.delete(beside);
    putInto(Files.createDirectories(beside.resolve("chk-" + number)), copies, prefix);
    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * The same into a directory that is there, for {@code tocsin alerting --from-savepoint}.
   *
   * @throws IOException also if the copies are none
   */
  public static void putInto(Path directory, List<Path> copies, String prefix) throws IOException {
    Path metadata = null;
    for (Path copy : copies) {
      Path file = directory.resolve(copy.getFileName().toString().substring(prefix.length()));
      Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
      metadata = file.endsWith(METADATA) ? file : metadata;
    }
    if (metadata == null) {
      throw new IOException("the job's state has no " + METADATA);
    }
    CheckpointMetadata all = read(metadata);
    List<OperatorState> without =
        all.getOperatorStates().stream().filter(state -> !isSource(state)).toList();
    if (without.size() == all.getOperatorStates().size()) {
      throw new IOException(metadata + " names none of the job's sources; it is of another job");
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(metadata))) {
      Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(
              all.getCheckpointId(), without, all.getMasterStates(), all.getCheckpointProperties()),
          out);
    }
  }

  private static boolean isSource(OperatorState state) {
    return state.getOperatorUid().filter(uid -> uid.startsWith(SOURCES)).isPresent();
  }

  private static CheckpointMetadata read(Path metadata) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(metadata)))) {
      return Checkpoints.loadCheckpointMetadata(
          in, JobFiles.class.getClassLoader(), metadata.getParent().toUri().toString());
    }
  }
}
