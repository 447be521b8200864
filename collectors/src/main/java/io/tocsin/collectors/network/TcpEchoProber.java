package io.tocsin.collectors.network;

import io.tocsin.schemas.PathStatistics;
import io.tocsin.schemas.Phases;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Round trips over a connection that is kept. One that broke since the last pass is opened again at
 * once: a restarted responder is not down. One that breaks or falls silent in the middle is DOWN,
 * since a stream with a hole in it is of no use to anybody; the next pass opens another.
 */
final class TcpEchoProber implements Prober {

  private final TcpTarget target;
  private final NetworkPath path;
  private final Names names;
  private final LongSupplier nanos;
  private final SplittableRandom random = new SplittableRandom();
  private final Burst burst;

  /** Kept for all connections: what is off the heap is given back late. */
  private final ByteBuffer out;

  private final ByteBuffer in;
  private EchoLink link;
  private long testDue;

  TcpEchoProber(TcpTarget target, NetworkPath path, Names names, LongSupplier nanos) {
    this.target = target;
    this.path = path;
    this.names = names;
    this.nanos = nanos;
    this.burst = new Burst(target.burst());
    int buffer = target.throughput() == null ? target.size() : Dial.BUFFER;
    this.out = ByteBuffer.allocateDirect(buffer);
    this.in = ByteBuffer.allocateDirect(buffer);
    this.testDue = nanos.getAsLong();
  }

  @Override
  public Outcome probe() throws InterruptedException {
    boolean kept = link != null;
    Phases phases = null;
    for (int attempt = 1; ; attempt++) {
      burst.clear();
      try {
        if (link == null) {
          phases = dial();
        }
        return answered().phases(phases).attempts(attempt);
      } catch (UnknownHostException e) {
        return Outcome.unknown(e.getMessage()).attempts(attempt);
      } catch (IOException e) {
        close();
        if (kept && burst.received() == 0 && !(e instanceof SocketTimeoutException)) {
          kept = false;
          continue;
        }
        names.forget();
        return failed(e).phases(phases).attempts(attempt);
      }
    }
  }

  private Phases dial() throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(path.dialTimeout(), nanos);
    Names.Address address = names.resolve(deadline);
    long began = nanos.getAsLong();
    link = EchoLink.open(new InetSocketAddress(address.value(), target.port()), deadline, out, in);
    return Phases.newBuilder()
        .setDnsUs(address.tookUs())
        .setConnectUs((nanos.getAsLong() - began) / 1_000)
        .build();
  }

  private Outcome answered() throws IOException {
    Deadline deadline = Deadline.in(path.timeout(), nanos);
    link.roundTrips(burst, target.size(), random.nextLong(), deadline);
    Double throughput = null;
    if (target.throughput() != null && nanos.getAsLong() - testDue >= 0) {
      testDue = nanos.getAsLong() + target.throughput().interval().toNanos();
      EchoLink.Measured measured = link.throughput(target.throughput().bytes(), deadline);
      throughput = measured.bytesPerSecond();
      if (!measured.whole()) {
        close();
      }
    }
    PathStatistics statistics = burst.statistics(throughput);
    return Outcome.up("%d of %d echoes came back".formatted(burst.received(), burst.sent()))
        .path(statistics)
        .latency(statistics.getP50Us());
  }

  private Outcome failed(IOException e) throws InterruptedException {
    Outcome outcome = Failures.outcome(e, target.describe());
    PathStatistics statistics = burst.statistics(null);
    return burst.received() == 0
        ? outcome.path(statistics)
        : Outcome.of(
                outcome.health(),
                "%s, after %d of %d echoes"
                    .formatted(outcome.evidence(), burst.received(), burst.size()))
            .path(statistics)
            .latency(statistics.getP50Us());
  }

  @Override
  public void close() {
    if (link != null) {
      link.close();
      link = null;
    }
  }
}
