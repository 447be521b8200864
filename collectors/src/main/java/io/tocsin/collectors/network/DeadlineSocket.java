package io.tocsin.collectors.network;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A socket all of whose reads together end at a deadline. The time limit of an ordinary socket
 * holds for each read, so that a peer that sends a byte now and then could keep us for ever, also
 * in the middle of a TLS handshake.
 */
final class DeadlineSocket extends Socket {

  private Deadline deadline;

  DeadlineSocket(Deadline deadline) {
    this.deadline = deadline;
  }

  void extend(Deadline deadline) {
    this.deadline = deadline;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Timed(super.getInputStream());
  }

  private final class Timed extends FilterInputStream {

    Timed(InputStream in) {
      super(in);
    }

    private void arm() throws IOException {
      if (deadline.passed()) {
        throw new SocketTimeoutException("Read timed out");
      }
      setSoTimeout(deadline.leftMillis());
    }

    @Override
    public int read() throws IOException {
      arm();
      return in.read();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      arm();
      return in.read(into, from, length);
    }
  }
}
