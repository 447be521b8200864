package io.tocsin.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Services as health checks see them: a port on the loopback address that is open, or is not. */
final class Doors implements AutoCloseable {

  private final Map<String, Integer> ports = new HashMap<>();
  private final Map<String, ServerSocket> open = new HashMap<>();

  /** All shut. */
  Doors(String... names) {
    List<Integer> free = TestInstallation.freePorts(names.length);
    for (int each = 0; each < names.length; each++) {
      ports.put(names[each], free.get(each));
    }
  }

  /** What a configuration needs to check them, each a service of its own. */
  String checks() {
    List<String> lines = new ArrayList<>();
    lines.add("checks:");
    ports.forEach(
        (name, port) ->
            lines.add(
                "  - {id: %s, service: %s, tier: core, tcp: {host: 127.0.0.1, port: %d}}"
                    .formatted(name, name, port)));
    return String.join("\n", lines) + "\n";
  }

  void open(String name) throws IOException {
    open.put(name, new ServerSocket(ports.get(name), 50, InetAddress.getLoopbackAddress()));
  }

  void openAll() throws IOException {
    for (String name : ports.keySet()) {
      if (!open.containsKey(name)) {
        open(name);
      }
    }
  }

  void shut(String name) throws IOException {
    open.remove(name).close();
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket each : open.values()) {
      each.close();
    }
  }
}
