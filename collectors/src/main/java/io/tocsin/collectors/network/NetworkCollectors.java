package io.tocsin.collectors.network;

import io.tocsin.collectors.Collector;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;

/** Makes the collectors of network paths; nothing is opened before their first pass. */
public final class NetworkCollectors {

  private NetworkCollectors() {}

  /**
   * One collector per path.
   *
   * @param agent the agent's name, which the label {@code from} shows unless configured
   */
  public static List<Collector> collectors(NetworkConfig config, String agent, Clock clock) {
    String from = config.from() == null ? agent : config.from();
    return config.paths().stream()
        .<Collector>map(
            path -> new NetworkCollector(path, from, prober(path, clock, System::nanoTime), clock))
        .toList();
  }

  private static Prober prober(NetworkPath path, Clock clock, LongSupplier nanos) {
    PathTarget target = path.target();
    Names names = new Names(target.host(), nanos);
    // The target is sealed; a switch over types is still to come in Java 17.
    if (target instanceof TcpTarget tcp) {
      return tcp.echo()
          ? new TcpEchoProber(tcp, path, names, nanos)
          : new TcpConnectProber(tcp, path.dialTimeout(), names, nanos);
    } else if (target instanceof UdpTarget udp) {
      return new DatagramProber(
          udp,
          path,
          names,
          address -> UdpLink.open(new InetSocketAddress(address, udp.port())),
          nanos);
    } else if (target instanceof IcmpTarget icmp) {
      return new DatagramProber(
          icmp, path, names, address -> IcmpLink.open(address, icmp.size()), nanos);
    } else if (target instanceof HttpTarget http) {
      return new HttpProber(http, path, names, clock, nanos);
    } else {
      return new DnsProber((DnsTarget) target, path, nanos);
    }
  }
}
