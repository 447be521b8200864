package io.tocsin.cluster;

import io.tocsin.e2e.RealPart;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hosts on one switch, which the test itself is at, too. All of it is gone after {@link #close()}.
 * Needs root and iproute2.
 */
final class Hosts implements AutoCloseable {

  /** For benchmarks of networks (RFC 2544): no address of it is anybody's. */
  private static final String NET = "198.18.";

  private static final int MOST = 250;

  private final String bridge;
  private final String prefix;
  private final Map<String, Host> hosts = new TreeMap<>();
  private final Thread atExit = new Thread(this::remove, "remove-hosts");

  private Hosts(int number) {
    this.bridge = "tcs" + number;
    this.prefix = NET + number + ".";
  }

  /** A switch without hosts, under a number that nobody on this machine uses yet. */
  static Hosts create() throws IOException, InterruptedException {
    RealPart.need(
        "a network namespace",
        "be root, with iproute2",
        "sh",
        "-c",
        "ip netns add tocsin-try-$$ && ip netns delete tocsin-try-$$");
    int first = (int) (ProcessHandle.current().pid() % MOST);
    for (int i = 0; i < MOST; i++) {
      Hosts hosts = new Hosts(1 + (first + i) % MOST);
      if (Shell.succeeds("ip", "link", "add", hosts.bridge, "type", "bridge")) {
        Runtime.getRuntime().addShutdownHook(hosts.atExit);
        Shell.run("ip", "address", "add", hosts.address() + "/24", "dev", hosts.bridge);
        Shell.run("ip", "link", "set", hosts.bridge, "up");
        return hosts;
      }
    }
    throw new IOException("no bridge could be made");
  }

  /** The test's own address, for what hosts ask it. */
  String address() {
    return prefix + "1";
  }

  /** The host of that name, which is made when it is asked for first. */
  synchronized Host host(String name) throws IOException, InterruptedException {
    Host known = hosts.get(name);
    if (known != null) {
      return known;
    }
    int number = hosts.size() + 10;
    String link = bridge + "v" + number;
    Host host = new Host(name, bridge + "-" + name, link, prefix + number);
    hosts.put(name, host);
    Shell.run(
        "sh",
        "-ec",
        """
        ip netns add %1$s
        ip link add %2$s type veth peer name eth0 netns %1$s
        ip link set %2$s master %3$s up
        ip -n %1$s link set lo up
        ip -n %1$s address add %4$s/24 dev eth0
        ip -n %1$s link set eth0 up
        ip -n %1$s route add default via %5$s
        """
            .formatted(host.space(), link, bridge, host.address(), address()));
    return host;
  }

  private synchronized void remove() {
    try {
      for (Host host : hosts.values()) {
        Shell.succeeds("ip", "link", "delete", host.link());
        Shell.succeeds("ip", "netns", "delete", host.space());
      }
      Shell.succeeds("ip", "link", "delete", bridge);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
