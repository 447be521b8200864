package io.tocsin.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * A generated password in a file that only its owner may read. Made on the first start, kept from
 * then on; deleting the file makes a new one at the next start.
 */
public final class Secret {

  private static final int BYTES = 24; // 192 bits; 32 characters, none of which needs escaping

  private Secret() {}

  /**
   * The password in {@code file}, generated first if the file is missing or empty. A file that
   * others may read is narrowed to mode 600.
   *
   * @throws IOException if the file cannot be read or made
   */
  public static String in(Path file) throws IOException {
    try {
      String kept = Files.readString(file).strip();
      if (!kept.isEmpty()) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return kept;
      }
    } catch (NoSuchFileException e) {
      // the first start
    }
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    write(file, made);
    return made;
  }

  /** Whole or not at all: written beside, forced to disk, then renamed over the old one. */
  private static void write(Path file, String secret) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(partial);
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel =
        FileChannel.open(
            partial,
            options,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(
          ByteBuffer.wrap((secret + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
      channel.force(true);
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
