package io.tocsin.collectors.security;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A folder that reports are put into. Tells which are new or changed and no longer being written: a
 * file is left alone until it is 2 s old or looks the same twice. Not thread-safe.
 */
final class ReportFolder {

  /** A file that is ready to be read. */
  record Report(String name, Path path, long size, FileTime modified) {}

  private static final int FILES_LIMIT = 10_000;
  private static final int ATTEMPTS = 3;
  private static final Duration SETTLED = Duration.ofSeconds(2);

  /** What was seen of a file at the last look. */
  private static final class Seen {
    private long size;
    private FileTime modified;
    private int attempts;
    private boolean done;

    private boolean isSame(BasicFileAttributes file) {
      return size == file.size() && file.lastModifiedTime().equals(modified);
    }
  }

  private final Path folder;
  private final long sizeLimit;
  private final Clock clock;
  private Map<String, Seen> seen = new HashMap<>();

  /**
   * A folder not looked at yet.
   *
   * @param sizeLimit largest file, in bytes
   */
  ReportFolder(Path folder, long sizeLimit, Clock clock) {
    this.folder = folder;
    this.sizeLimit = sizeLimit;
    this.clock = clock;
  }

  /**
   * Files to be read, by name; each again and again until it is {@link #done} or has been tried
   * three times.
   *
   * @throws CollectorException if the folder cannot be listed
   */
  List<Report> ready(Consumer<Problem> problems) throws CollectorException {
    List<Report> ready = new ArrayList<>();
    Map<String, Seen> now = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      Path root = folder.toRealPath();
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".json") || name.startsWith(".")) {
          continue;
        }
        if (now.size() == FILES_LIMIT) {
          problems.accept(
              new Problem(
                  Reason.OVER_LIMIT,
                  folder.toString(),
                  "there are more than 10000 reports, and some are not read; remove old ones"));
          break;
        }
        Seen state = seen.getOrDefault(name, new Seen());
        now.put(name, state);
        look(file, name, root, state, ready, problems);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new CollectorException(
          Reason.MISSING, folder.toString(), "there is no such folder; make it, or correct it");
    } catch (IOException | DirectoryIteratorException e) {
      throw new CollectorException(
          Reason.UNREADABLE, folder.toString(), "the folder cannot be listed: " + e.getMessage());
    }
    seen = now;
    ready.sort(Comparator.comparing(Report::name));
    return ready;
  }

  private void look(
      Path file,
      String name,
      Path root,
      Seen state,
      List<Report> ready,
      Consumer<Problem> problems) {
    try {
      BasicFileAttributes attributes = attributes(file);
      Path real = file;
      boolean isInside = true;
      if (attributes.isSymbolicLink()) {
        real = file.toRealPath();
        isInside = real.startsWith(root);
        attributes = isInside ? attributes(real) : attributes;
      }
      boolean isSame = state.isSame(attributes);
      state.size = attributes.size();
      state.modified = attributes.lastModifiedTime();
      if (!isSame) {
        state.done = false;
        state.attempts = 0;
      }
      if (state.done) {
        return;
      }
      Problem unfit = unfit(attributes, isInside, name);
      if (unfit != null) {
        state.done = true;
        problems.accept(unfit);
      } else if (isSame || isOld(attributes)) {
        ready.add(new Report(name, real, state.size, state.modified));
      }
    } catch (NoSuchFileException gone) {
      // It was removed since the folder was listed, or is a link to nothing.
      state.done = false;
    } catch (IOException e) {
      problems.accept(
          new Problem(Reason.UNREADABLE, shown(name), "it cannot be looked at: " + e.getMessage()));
    }
  }

  private Problem unfit(BasicFileAttributes file, boolean isInside, String name) {
    if (!isInside) {
      return new Problem(
          Reason.REFUSED, shown(name), "it is a link out of the folder, which is not followed");
    }
    if (!file.isRegularFile()) {
      return new Problem(Reason.REFUSED, shown(name), "it is no regular file");
    }
    if (file.size() > sizeLimit) {
      return new Problem(
          Reason.OVER_LIMIT,
          shown(name),
          "the report is larger than %d MiB; raise file-limit-mib".formatted(sizeLimit >> 20));
    }
    return null;
  }

  private boolean isOld(BasicFileAttributes file) {
    return file.lastModifiedTime().toInstant().isBefore(clock.instant().minus(SETTLED));
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * A try to read it begins; whoever is interrupted in it does not try for ever.
   *
   * @return whether it is the last one
   */
  boolean isLastAttempt(Report report) {
    Seen state = seen.get(report.name());
    state.attempts++;
    state.done = state.attempts >= ATTEMPTS;
    return state.done;
  }

  /** It has been read, and is not read again until it changes. */
  void done(Report report) {
    seen.get(report.name()).done = true;
  }

  /** How a file is named in problems: names come from strangers, too. */
  String shown(String name) {
    return folder + "/" + PlainText.of(name, PlainText.TITLE);
  }
}
