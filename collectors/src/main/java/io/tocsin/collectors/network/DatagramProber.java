package io.tocsin.collectors.network;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.echo.EchoMark;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.PathStatistics;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * A burst of datagrams at a steady pace, and the answers that come until the timeout. The socket is
 * kept, so that a path stays one flow to routers that spread flows; after an error, or when nothing
 * comes back, the next pass takes a new one.
 */
final class DatagramProber implements Prober {

  private final PathTarget target;
  private final Spaced pace;
  private final NetworkPath path;
  private final Names names;
  private final DatagramLink.Opener opener;
  private final LongSupplier nanos;
  private final SplittableRandom random = new SplittableRandom();
  private final Burst burst;
  private final ByteBuffer out;
  private final ByteBuffer in;
  private DatagramLink link;
  private boolean stale;
  private boolean foreign;

  <T extends PathTarget & Spaced> DatagramProber(
      T target, NetworkPath path, Names names, DatagramLink.Opener opener, LongSupplier nanos) {
    this.target = target;
    this.pace = target;
    this.path = path;
    this.names = names;
    this.opener = opener;
    this.nanos = nanos;
    this.burst = new Burst(target.burst());
    this.out = ByteBuffer.allocateDirect(target.size());
    // A longer answer is cut off; its head is all that is looked at.
    this.in = ByteBuffer.allocateDirect(target.size());
  }

  @Override
  public Outcome probe() throws InterruptedException {
    boolean kept = link != null;
    stale = false;
    foreign = false;
    for (int attempt = 1; ; attempt++) {
      burst.clear();
      try {
        if (link == null) {
          link = opener.open(names.resolve(Deadline.in(path.dialTimeout(), nanos)).value());
        }
        exchange();
        return outcome().attempts(attempt);
      } catch (UnknownHostException e) {
        return Outcome.unknown(e.getMessage()).attempts(attempt);
      } catch (NotPermittedException e) {
        Problem problem = new Problem(Problem.Reason.REFUSED, target.describe(), e.getMessage());
        return Outcome.unknown(e.getMessage()).problems(List.of(problem));
      } catch (IOException e) {
        close();
        if (kept && burst.received() == 0) {
          // It may speak of the pass before this one.
          kept = false;
          continue;
        }
        names.forget();
        return Failures.outcome(e, target.describe())
            .path(burst.statistics(null))
            .problems(problems())
            .attempts(attempt);
      }
    }
  }

  private void exchange() throws IOException {
    long nonce = random.nextLong();
    long began = nanos.getAsLong();
    long end = began + path.timeout().toNanos();
    long spacing = pace.spacing().toNanos();
    while (!burst.complete()) {
      long now = nanos.getAsLong();
      boolean allSent = burst.sent() == burst.size();
      long nextSend = began + burst.sent() * spacing;
      if (!allSent && now - nextSend >= 0) {
        EchoMark.question(out, pace.size(), nonce, burst.sent());
        burst.send(nanos.getAsLong());
        link.send(out);
        continue;
      }
      if (now - end >= 0) {
        return;
      }
      if (link.receive(in, (allSent ? end : nextSend) - now)) {
        take(nonce, nanos.getAsLong());
      }
    }
  }

  private void take(long nonce, long now) {
    int sequence = EchoMark.sequence(in, nonce, burst.size());
    if (sequence < 0) {
      boolean answer = EchoMark.isAnswer(in);
      stale |= answer;
      foreign |= !answer;
    } else if (!burst.receive(sequence, now)) {
      stale = true;
    }
  }

  private Outcome outcome() {
    PathStatistics statistics = burst.statistics(null);
    boolean up = burst.lossPercent() < path.maxLoss();
    if (burst.received() == 0) {
      close();
      names.forget();
    }
    String evidence =
        burst.received() == 0
            ? "no answer from " + target.describe() + " in time"
            : "%d of %d probes were answered".formatted(burst.received(), burst.sent());
    return Outcome.of(up ? Health.UP : Health.DOWN, evidence)
        .path(statistics)
        .latency(statistics.getP50Us())
        .problems(problems());
  }

  private List<Problem> problems() {
    List<Problem> problems = new ArrayList<>(0);
    if (stale) {
      problems.add(
          new Problem(
              Problem.Reason.STALE,
              target.describe(),
              "answers came twice, or after their pass had ended"));
    }
    if (foreign) {
      problems.add(
          new Problem(
              Problem.Reason.MALFORMED, target.describe(), "datagrams came that answer no probe"));
    }
    return problems;
  }

  @Override
  public void close() {
    if (link != null) {
      link.close();
      link = null;
    }
  }
}
