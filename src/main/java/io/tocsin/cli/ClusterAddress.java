package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.embedded.Ports;
import io.tocsin.pipeline.TlsListener;
import io.tocsin.schemas.topic.Cluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/** Which cluster a command writes to. */
final class ClusterAddress {

  private static final int PATIENCE_MS = 3_000;

  private ClusterAddress() {}

  /** The configured cluster; without one, that of {@code tocsin up} on this machine. */
  static Cluster of(Config config) {
    if (config.cluster() != null) {
      return config.cluster().address();
    }
    return new Cluster(
        Ports.LOOPBACK + ":" + config.ports().kafka(),
        "http://" + Ports.LOOPBACK + ":" + config.ports().registry() + "/apis/ccompat/v7");
  }

  /**
   * Sees whether one of the brokers can be reached at all; Kafka's client would try for a minute.
   *
   * @throws CommandFailure if none can
   */
  static void reach(Cluster cluster) throws CommandFailure {
    for (String server : cluster.bootstrapServers().split(",")) {
      int colon = server.lastIndexOf(':');
      if (colon > 0 && answers(server.substring(0, colon).strip(), server.substring(colon + 1))) {
        Optional<String> trouble = TlsListener.trouble(cluster);
        if (trouble.isPresent()) {
          throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, trouble.get());
        }
        return;
      }
    }
    throw new CommandFailure(
        CommandFailure.NOT_RUNNING,
        "no broker answers at "
            + cluster.bootstrapServers()
            + ": start a pipeline with tocsin up, or name another cluster in cluster: of --config");
  }

  private static boolean answers(String host, String port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, Integer.parseInt(port.strip())), PATIENCE_MS);
      return true;
    } catch (IOException | IllegalArgumentException away) {
      return false;
    }
  }
}
