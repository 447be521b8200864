package io.tocsin.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Deletes directories with what is in them. Symbolic links are deleted, not followed. */
public final class DirectoryTree {

  private DirectoryTree() {}

  /**
   * Deletes the tree; nothing to do if there is none.
   *
   * @throws IOException if something in it cannot be deleted
   */
  public static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    List<Path> childrenFirst;
    try (Stream<Path> paths = Files.walk(tree)) {
      childrenFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : childrenFirst) {
      Files.deleteIfExists(path);
    }
  }
}
