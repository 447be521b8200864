package io.tocsin.schemas.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is made of files, and made again when one of them has changed. They are looked at
 * each time it is wanted, which is once for a handshake, whose cost hides that. What cannot be
 * used, a file that is half written or a key without its certificate, is left out and said in the
 * log until the files change again.
 */
final class Renewed<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Renewed.class);

  /** How it is made. */
  @FunctionalInterface
  interface Making<T> {
    T make() throws IOException;
  }

  private final List<Path> files;
  private final Making<T> making;
  private List<String> seen;
  private T now;

  Renewed(List<Path> files, Making<T> making) throws IOException {
    this.files = List.copyOf(files);
    this.making = making;
    this.seen = look();
    this.now = making.make();
  }

  synchronized T get() {
    List<String> there = look();
    if (!there.equals(seen)) {
      seen = there;
      try {
        now = making.make();
        LOG.info("read again, as it changed: {}", files);
      } catch (IOException unusable) {
        LOG.warn("changed, and cannot be used; going on with what was: {}", unusable.getMessage());
      }
    }
    return now;
  }

  private List<String> look() {
    return files.stream().map(Renewed::look).toList();
  }

  /** Links are followed: Kubernetes changes where one leads. */
  private static String look(Path file) {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return is.lastModifiedTime() + " " + is.size() + " " + is.fileKey();
    } catch (IOException gone) {
      return "gone";
    }
  }
}
