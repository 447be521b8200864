package io.tocsin.collectors.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Network namespaces of processes, as names such as {@code net:[4026531840]}. */
final class Namespace {

  private Namespace() {}

  /** That of a process; empty if it has ended or may not be looked at. */
  static Optional<String> of(Path proc, String process) {
    try {
      Path link = Files.readSymbolicLink(proc.resolve(process).resolve("ns/net"));
      return Optional.of(link.toString());
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /**
   * That of the machine. Looking at the first process may be forbidden; then this one's is taken.
   */
  static Optional<String> ofMachine(Path proc) {
    Optional<String> first = of(proc, "1");
    return first.isPresent() ? first : of(proc, "self");
  }
}
