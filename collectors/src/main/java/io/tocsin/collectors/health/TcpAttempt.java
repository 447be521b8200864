package io.tocsin.collectors.health;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Opens a connection and closes it. */
final class TcpAttempt implements AddressedAttempt {

  @Override
  public Verdict make(InetSocketAddress address, Duration patience) throws TimeoutException {
    String where = Failure.display(address);
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) Math.max(1, patience.toMillis()));
      // On loopback a socket may meet itself when nobody listens and the kernel happens to give it
      // the very port that it calls (RFC 9293, simultaneous open).
      if (socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress())) {
        return Verdict.down("connection refused by " + where);
      }
      return Verdict.up("connected to " + where);
    } catch (SocketTimeoutException e) {
      throw new TimeoutException(e.getMessage());
    } catch (IOException e) {
      return Failure.verdict(e, address);
    }
  }
}
