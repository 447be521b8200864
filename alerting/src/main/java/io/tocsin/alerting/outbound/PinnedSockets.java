package io.tocsin.alerting.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Set;
import javax.net.SocketFactory;

/**
 * Sockets that connect to a few addresses and to no others. The last word: it does not matter what
 * the code above makes of a host's name, or in which form an address was written.
 */
final class PinnedSockets extends SocketFactory {

  private final Set<InetAddress> addresses;

  PinnedSockets(Set<InetAddress> addresses) {
    this.addresses = Set.copyOf(addresses);
  }

  @Override
  public Socket createSocket() {
    return new Socket() {
      @Override
      public void connect(SocketAddress to, int timeoutMs) throws IOException {
        if (!(to instanceof InetSocketAddress place) || !addresses.contains(place.getAddress())) {
          throw new ConnectException("the address was not judged");
        }
        super.connect(to, timeoutMs);
      }
    };
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("sockets are connected after they are made");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    return createSocket(host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    return createSocket(host, port);
  }
}
