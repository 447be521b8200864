package io.tocsin.collectors.network;

import io.tocsin.schemas.Phases;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Opens a connection and closes it: the handshake is one round trip. */
final class TcpConnectProber implements Prober {

  private final TcpTarget target;
  private final Duration dialTimeout;
  private final Names names;
  private final LongSupplier nanos;

  TcpConnectProber(TcpTarget target, Duration dialTimeout, Names names, LongSupplier nanos) {
    this.target = target;
    this.dialTimeout = dialTimeout;
    this.names = names;
    this.nanos = nanos;
  }

  @Override
  public Outcome probe() throws InterruptedException {
    Deadline deadline = Deadline.in(dialTimeout, nanos);
    String where = target.describe();
    Names.Address address;
    try {
      address = names.resolve(deadline);
    } catch (UnknownHostException e) {
      return Outcome.unknown(e.getMessage());
    }
    Phases.Builder phases = Phases.newBuilder().setDnsUs(address.tookUs());
    try (Socket socket = new Socket()) {
      long began = nanos.getAsLong();
      Dial.connect(socket, new InetSocketAddress(address.value(), target.port()), deadline);
      long took = (nanos.getAsLong() - began) / 1_000;
      return Outcome.up("connected to " + where)
          .latency(took)
          .phases(phases.setConnectUs(took).build());
    } catch (IOException e) {
      names.forget();
      return Failures.outcome(e, where).phases(phases.build());
    }
  }
}
