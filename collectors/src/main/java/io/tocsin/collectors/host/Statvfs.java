package io.tocsin.collectors.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.tocsin.schemas.Health;
import java.nio.charset.StandardCharsets;

/**
 * statvfs(3) of the C library, which alone tells of inodes. Loading it takes about 6 MB, once, so
 * this class is touched only where inodes are wanted.
 */
final class Statvfs implements FilesystemStat {

  // Linux, the same for all architectures.
  private static final int EIO = 5;
  private static final int ENOTCONN = 107;
  private static final int ESTALE = 116;
  private static final int EUCLEAN = 117;

  // struct statvfs on 64 bits, of glibc and of musl: these are its first seven words.
  private static final int FRAGMENT = 8;
  private static final int BLOCKS = 16;
  private static final int AVAILABLE = 32;
  private static final int FILES = 40;
  private static final int FILES_FREE = 48;
  private static final int LARGER_THAN_THE_STRUCT = 256;

  static {
    if (Native.POINTER_SIZE != 8) {
      throw new UnsatisfiedLinkError("inodes can only be counted on 64 bits");
    }
    Native.register(Statvfs.class, NativeLibrary.getProcess());
  }

  private static native int statvfs(byte[] path, Pointer answer) throws LastErrorException;

  @Override
  public Answer of(String path) {
    try (Memory answer = new Memory(LARGER_THAN_THE_STRUCT)) {
      statvfs((path + '\0').getBytes(StandardCharsets.ISO_8859_1), answer);
      return Answer.Usage.of(
          answer.getLong(FRAGMENT),
          answer.getLong(BLOCKS),
          answer.getLong(AVAILABLE),
          answer.getLong(FILES),
          answer.getLong(FILES_FREE));
    } catch (LastErrorException refused) {
      int error = refused.getErrorCode();
      boolean failed = error == EIO || error == ENOTCONN || error == ESTALE || error == EUCLEAN;
      return new Answer.Failure(
          failed ? Health.DOWN : Health.UNKNOWN, "statvfs: " + refused.getMessage());
    }
  }
}
