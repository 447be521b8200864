package io.tocsin.collectors.vm;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.schemas.InterfaceSample;
import java.util.ArrayList;
import java.util.List;

/**
 * Network interfaces of a domain, from the group {@code net}: under the host's names for them, but
 * received is what the guest received. Those that do not end in a device of the host, such as user
 * networking, have no figures and are left out.
 */
final class Interfaces {

  private static final int MOST = 1024;

  private Interfaces() {}

  static List<InterfaceSample> of(DomainStats stats, List<Problem> problems) {
    List<InterfaceSample> interfaces = new ArrayList<>();
    int count = stats.count("net.count", MOST, problems);
    for (int i = 0; i < count; i++) {
      try {
        InterfaceSample link = link(stats, "net." + i);
        if (link != null) {
          interfaces.add(link);
        }
      } catch (CollectorException malformed) {
        problems.add(malformed.problem());
      }
    }
    return interfaces;
  }

  private static InterfaceSample link(DomainStats stats, String net) throws CollectorException {
    String name = stats.text(net + ".name");
    Long received = stats.number(net + ".rx.bytes");
    Long sent = stats.number(net + ".tx.bytes");
    if (name == null || received == null || sent == null) {
      return null;
    }
    return InterfaceSample.newBuilder()
        .setName(name)
        .setRxBytes(received)
        .setTxBytes(sent)
        .setRxPackets(stats.numberOrZero(net + ".rx.pkts"))
        .setTxPackets(stats.numberOrZero(net + ".tx.pkts"))
        .setRxErrors(stats.numberOrZero(net + ".rx.errs"))
        .setTxErrors(stats.numberOrZero(net + ".tx.errs"))
        .setRxDropped(stats.numberOrZero(net + ".rx.drop"))
        .setTxDropped(stats.numberOrZero(net + ".tx.drop"))
        .build();
  }
}
