package io.tocsin.collectors.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where segments are written: the seam at which a test makes a disk full. */
@FunctionalInterface
interface Disk {

  /** A file that is being written. */
  interface Handle extends AutoCloseable {

    /** Writes all of it. */
    void write(ByteBuffer bytes) throws IOException;

    /** Cuts the file to its first bytes, and goes on writing there. */
    void truncate(long size) throws IOException;

    /** Returns when what was written would survive a power cut. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Makes a file that is not there yet. */
  Handle create(Path path) throws IOException;

  /** The machine's. */
  static Disk real() {
    return path -> {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new Handle() {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        }

        @Override
        public void truncate(long size) throws IOException {
          channel.truncate(size);
          channel.position(size);
        }

        @Override
        public void force() throws IOException {
          channel.force(false);
        }

        @Override
        public void close() throws IOException {
          channel.close();
        }
      };
    };
  }
}
