package io.tocsin.pipeline;

import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Looks whether brokers speak TLS before a client that does not is let at them. Kafka's client
 * takes the alert that it gets there for the length of an answer, 350 MB, and asks for that much
 * memory: an agent ends by it, and no other stage says what is wrong.
 */
public final class TlsListener {

  /** A request for the versions that a broker knows (ApiVersions 0), by "tocsin". */
  private static final byte[] REQUEST =
      HexFormat.of().parseHex("00000010" + "00120000" + "00000000" + "0006" + "746f6373696e");

  /** Type of the record by which TLS says that something is wrong (RFC 8446, 5.1). */
  private static final int ALERT = 21;

  private static final int PATIENCE_MS = 3_000;

  private TlsListener() {}

  /**
   * What is wrong, for people; empty if nothing is, or nobody answers.
   *
   * @param cluster looked at only if nothing says that it speaks TLS
   */
  public static Optional<String> trouble(Cluster cluster) {
    if (cluster.security() != null) {
      return Optional.empty();
    }
    for (String server : cluster.bootstrapServers().split(",")) {
      int colon = server.lastIndexOf(':');
      if (colon > 0 && speaksTls(server.substring(0, colon).strip(), server.substring(colon + 1))) {
        return Optional.of(
            "%s speaks TLS, and cluster.security is not set: write ca, and user and password or certificate and key, into it"
                .formatted(server.strip()));
      }
    }
    return Optional.empty();
  }

  private static boolean speaksTls(String host, String port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, Integer.parseInt(port.strip())), PATIENCE_MS);
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(REQUEST);
      return socket.getInputStream().read() == ALERT;
    } catch (IOException | IllegalArgumentException away) {
      return false; // whoever uses it next finds out why
    }
  }
}
