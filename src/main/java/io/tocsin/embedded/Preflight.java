package io.tocsin.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds out what would keep the installation from starting before anything is started, and says all
 * of it at once. What it says is a line per problem that names the thing and the way out.
 */
public final class Preflight {

  private static final int OLDEST_JAVA = 17;
  private static final Duration PORT_GRACE = Duration.ofSeconds(2);
  private static final Duration PORT_POLL = Duration.ofMillis(100);

  private final DataDirectory data;
  private final Ports ports;
  private final long freeBytes;
  private final int javaFeature;
  private final Duration portGrace;

  /**
   * @param data where the installation will live; made if missing
   * @param ports what it will listen on
   * @param freeBytes how much free space to insist on
   */
  public Preflight(DataDirectory data, Ports ports, long freeBytes) {
    this(data, ports, freeBytes, Runtime.version().feature());
  }

  Preflight(DataDirectory data, Ports ports, long freeBytes, int javaFeature) {
    this(data, ports, freeBytes, javaFeature, PORT_GRACE);
  }

  Preflight(DataDirectory data, Ports ports, long freeBytes, int javaFeature, Duration portGrace) {
    this.data = data;
    this.ports = ports;
    this.freeBytes = freeBytes;
    this.javaFeature = javaFeature;
    this.portGrace = portGrace;
  }

  /**
   * Checks everything and takes the data directory.
   *
   * @return the lock on the data directory; keep it until everything has stopped
   * @throws PreflightFailure with every problem found
   */
  public DataLock pass() throws PreflightFailure {
    List<Problem> problems = new ArrayList<>(javaProblems());
    problems.addAll(directoryProblems());
    Optional<DataLock> lock = Optional.empty();
    if (problems.stream().noneMatch(p -> p.exitCode() == ExitCode.DATA_DIRECTORY_UNUSABLE)) {
      lock = takeLock(problems);
      if (lock.isPresent()) { // otherwise the ports are taken by the instance just reported
        problems.addAll(formatProblems());
        problems.addAll(diskProblems());
        problems.addAll(portProblems());
      }
    }
    if (!problems.isEmpty()) {
      lock.ifPresent(Preflight::release);
      throw new PreflightFailure(problems);
    }
    return lock.orElseThrow();
  }

  private List<Problem> javaProblems() {
    if (javaFeature >= OLDEST_JAVA) {
      return List.of();
    }
    return List.of(
        new Problem(
            ExitCode.JAVA_TOO_OLD,
            "Java "
                + javaFeature
                + " at "
                + System.getProperty("java.home")
                + " is too old: set JAVA_HOME to a JDK "
                + OLDEST_JAVA
                + " or newer"));
  }

  private List<Problem> directoryProblems() {
    try {
      data.create();
      for (Path directory : data.all()) {
        Path probe = Files.createTempFile(directory, ".probe", null);
        Files.delete(probe);
      }
      return List.of();
    } catch (IOException | SecurityException e) {
      return List.of(
          new Problem(
              ExitCode.DATA_DIRECTORY_UNUSABLE,
              "data directory "
                  + data.root()
                  + " cannot be used: "
                  + reason(e)
                  + "; make it writable for "
                  + System.getProperty("user.name")
                  + " or choose another one"));
    }
  }

  private Optional<DataLock> takeLock(List<Problem> problems) {
    try {
      Optional<DataLock> lock = DataLock.take(data);
      if (lock.isEmpty()) {
        problems.add(
            new Problem(
                ExitCode.ALREADY_RUNNING,
                "data directory "
                    + data.root()
                    + " is in use by the running process "
                    + DataLock.holder(data)
                    + ": stop that one, or choose another data directory and other ports"));
      }
      return lock;
    } catch (IOException e) {
      problems.add(
          new Problem(
              ExitCode.DATA_DIRECTORY_UNUSABLE,
              "lock file "
                  + data.lock()
                  + " cannot be used: "
                  + reason(e)
                  + "; check its owner and mode"));
      return Optional.empty();
    }
  }

  private List<Problem> formatProblems() {
    try {
      return data.claim().stream()
          .map(why -> new Problem(ExitCode.DATA_DIRECTORY_UNUSABLE, why))
          .toList();
    } catch (IOException e) {
      return List.of(
          new Problem(
              ExitCode.DATA_DIRECTORY_UNUSABLE,
              "the format of data directory " + data.root() + " cannot be read: " + reason(e)));
    }
  }

  private List<Problem> diskProblems() {
    try {
      long free = Files.getFileStore(data.root()).getUsableSpace();
      if (free >= freeBytes) {
        return List.of();
      }
      return List.of(
          new Problem(
              ExitCode.DISK_FULL,
              String.format(
                  "data directory %s has %,d MiB free where %,d MiB are wanted: free some space, or"
                      + " choose a directory on another disk",
                  data.root(), free >> 20, freeBytes >> 20)));
    } catch (IOException e) {
      return List.of(
          new Problem(
              ExitCode.DATA_DIRECTORY_UNUSABLE,
              "free space of " + data.root() + " cannot be read: " + reason(e)));
    }
  }

  /** A predecessor that was just killed may take a moment to let go of its ports. */
  private List<Problem> portProblems() {
    long deadline = System.nanoTime() + portGrace.toNanos();
    List<Problem> problems = portProblemsNow();
    while (!problems.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PORT_POLL.toNanos());
      problems = portProblemsNow();
    }
    return problems;
  }

  private List<Problem> portProblemsNow() {
    List<Problem> problems = new ArrayList<>();
    Map<Integer, String> seen = new LinkedHashMap<>();
    ports.byKey().forEach((key, port) -> check(key, port, seen).ifPresent(problems::add));
    return problems;
  }

  private static Optional<Problem> check(String key, int port, Map<Integer, String> seen) {
    if (port < 1 || port > 65_535) {
      return taken(
          "port " + port + " (" + key + ") is not between 1 and 65535: choose another one");
    }
    String other = seen.putIfAbsent(port, key);
    if (other != null) {
      return taken(
          "port " + port + " is given to both " + other + " and " + key + ": change one of them");
    }
    return Ports.refusal(port)
        .map(
            why ->
                "port "
                    + port
                    + " ("
                    + key
                    + ") on "
                    + Ports.LOOPBACK
                    + " cannot be used: "
                    + why
                    + "; stop the program that has it, or set "
                    + key
                    + " to a free port")
        .flatMap(Preflight::taken);
  }

  private static Optional<Problem> taken(String line) {
    return Optional.of(new Problem(ExitCode.PORT_TAKEN, line));
  }

  private static void release(DataLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e); // closing a file we only locked does not fail
    }
  }

  private static String reason(Exception e) {
    if (e instanceof AccessDeniedException) {
      return "no permission for " + ((AccessDeniedException) e).getFile();
    }
    if (e instanceof FileAlreadyExistsException) {
      return ((FileAlreadyExistsException) e).getFile() + " is a file";
    }
    if (e instanceof FileSystemException fs && fs.getReason() != null) {
      return fs.getReason() + " (" + fs.getFile() + ")";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist and cannot be made";
    }
    return PartFailure.reason(e);
  }
}
