package io.tocsin.collectors.network;

import io.tocsin.collectors.Problem;
import io.tocsin.schemas.Phases;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.X509ExtendedTrustManager;

/** One GET, split into its phases. */
final class HttpProber implements Prober {

  private final HttpTarget target;
  private final NetworkPath path;
  private final Names names;
  private final Clock clock;
  private final LongSupplier nanos;
  private final byte[] request;
  private X509ExtendedTrustManager judge;

  HttpProber(HttpTarget target, NetworkPath path, Names names, Clock clock, LongSupplier nanos) {
    this.target = target;
    this.path = path;
    this.names = names;
    this.clock = clock;
    this.nanos = nanos;
    this.request = target.request().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public Outcome probe() throws InterruptedException {
    if (target.secure() && judge == null) {
      try {
        judge = Trust.from(target.caFile());
      } catch (IOException e) {
        String what = "the ca-file cannot be used: " + Failures.said(e);
        return Outcome.unknown(what)
            .problems(
                List.of(
                    new Problem(Problem.Reason.UNREADABLE, String.valueOf(target.caFile()), what)));
      }
    }
    return new Try().make();
  }

  /** One try and what is known of it so far. */
  private final class Try {

    private final String where = Checks.display(target.host(), target.port());
    private final Phases.Builder phases = Phases.newBuilder();
    private final Deadline dial = Deadline.in(path.dialTimeout(), nanos);
    private final long began = nanos.getAsLong();
    private long mark = began;
    private Double daysLeft;

    Outcome make() throws InterruptedException {
      Outcome outcome;
      try (DeadlineSocket socket = new DeadlineSocket(dial)) {
        Names.Address address = names.resolve(dial);
        phases.setDnsUs(address.tookUs());
        lap();
        Dial.connect(socket, new InetSocketAddress(address.value(), target.port()), dial);
        phases.setConnectUs(lap());
        outcome = target.secure() ? overTls(socket) : overOpen(socket, socket);
      } catch (UnknownHostException e) {
        outcome = Outcome.unknown(e.getMessage());
      } catch (ProtocolException e) {
        outcome = Outcome.down("no usable answer from " + where + ": " + e.getMessage());
      } catch (IOException e) {
        names.forget();
        outcome = Failures.outcome(e, where);
      }
      return outcome.phases(phases.build()).certificate(daysLeft);
    }

    private long lap() {
      long now = nanos.getAsLong();
      long took = (now - mark) / 1_000;
      mark = now;
      return took;
    }

    private Outcome overTls(DeadlineSocket socket) throws IOException, InterruptedException {
      RecordingTrust trust = new RecordingTrust(judge, clock.instant());
      try {
        // Its own close would wait for the peer's; the socket under it is closed instead.
        Socket secure = TlsHandshake.over(socket, target.host(), target.port(), trust);
        phases.setTlsUs(lap());
        if (trust.refusal() == null || !target.verify()) {
          return overOpen(socket, secure);
        }
      } finally {
        daysLeft = trust.daysLeft();
      }
      return Outcome.down(trust.why());
    }

    private Outcome overOpen(DeadlineSocket socket, Socket talk) throws IOException {
      socket.extend(Deadline.in(path.timeout(), nanos));
      talk.getOutputStream().write(request);
      HttpAnswer answer = HttpAnswer.read(talk.getInputStream(), target.maxBody(), nanos);
      phases.setFirstByteUs((answer.firstByteAt() - mark) / 1_000);
      phases.setTransferUs((answer.lastByteAt() - answer.firstByteAt()) / 1_000);
      return verdict(answer).latency((answer.lastByteAt() - began) / 1_000);
    }

    private Outcome verdict(HttpAnswer answer) {
      int status = answer.head().status();
      String answered = "answered " + status;
      if (status < target.statusFrom() || status > target.statusTo()) {
        return Outcome.down(
            "%s, expected %d-%d".formatted(answered, target.statusFrom(), target.statusTo()));
      }
      return switch (answer.end()) {
        case COMPLETE -> Outcome.up(answered);
        case TRUNCATED -> Outcome.down(answered + ", but the connection ended within the body");
        case OVER_LIMIT ->
            Outcome.up(answered)
                .problems(
                    target.maxBody() == 0
                        ? List.of()
                        : List.of(
                            new Problem(
                                Problem.Reason.OVER_LIMIT,
                                target.describe(),
                                "the body is longer than max-body of %d bytes; the transfer phase"
                                        .formatted(target.maxBody())
                                    + " speaks of those only")));
      };
    }
  }
}
