package io.tocsin.collectors.health;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.ClientCalls;
import io.tocsin.collectors.Problem;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks {@link GrpcHealth} over a channel that is kept for as long as it works. */
final class GrpcAttempt implements AddressedAttempt {

  private final Target.Grpc target;
  private final Duration timeout;
  private final ChannelCredentials credentials;
  private GrpcChannel kept;

  GrpcAttempt(Target.Grpc target, Duration timeout) {
    this(
        target,
        timeout,
        target.tls() ? TlsChannelCredentials.create() : InsecureChannelCredentials.create());
  }

  GrpcAttempt(Target.Grpc target, Duration timeout, ChannelCredentials credentials) {
    this.target = target;
    this.timeout = timeout;
    this.credentials = credentials;
  }

  @Override
  public Verdict make(InetSocketAddress address, Duration patience)
      throws InterruptedException, TimeoutException {
    GrpcChannel channel = channelTo(address);
    ListenableFuture<Integer> answer =
        ClientCalls.futureUnaryCall(
            channel
                .channel()
                .newCall(
                    GrpcHealth.CHECK,
                    CallOptions.DEFAULT.withDeadlineAfter(
                        patience.toNanos(), TimeUnit.NANOSECONDS)),
            target.service());
    boolean answered = false;
    try {
      Verdict verdict = verdict(answer.get(patience.toNanos(), TimeUnit.NANOSECONDS));
      answered = true;
      return verdict;
    } catch (ExecutionException e) {
      return failed(Status.fromThrowable(e.getCause()), address);
    } finally {
      answer.cancel(true);
      if (!answered) {
        close();
      }
    }
  }

  private synchronized GrpcChannel channelTo(InetSocketAddress address) {
    if (kept != null && !kept.address().equals(address)) {
      close();
    }
    if (kept == null) {
      kept = GrpcChannel.to(address, target, credentials, (int) timeout.toMillis());
    }
    return kept;
  }

  private Verdict verdict(int status) {
    return switch (status) {
      case GrpcHealth.SERVING -> Verdict.up("answered SERVING");
      case GrpcHealth.NOT_SERVING -> Verdict.wrong("answered NOT_SERVING");
      case GrpcHealth.SERVICE_UNKNOWN -> unknownService();
      case GrpcHealth.UNKNOWN -> Verdict.undecided("the server says that it does not know");
      default -> Verdict.wrong("answered with the undocumented status " + status);
    };
  }

  private Verdict unknownService() {
    return Verdict.wrong("the server does not know the service '" + target.service() + "'");
  }

  private Verdict failed(Status status, InetSocketAddress address) throws TimeoutException {
    if (status.getCause() instanceof SocketTimeoutException) {
      throw new TimeoutException();
    }
    String where = Failure.display(address);
    return switch (status.getCode()) {
      case DEADLINE_EXCEEDED -> throw new TimeoutException();
      case NOT_FOUND -> unknownService();
      case UNIMPLEMENTED ->
          refused(where, "it has no grpc.health.v1.Health to ask: let it serve that, or use tcp");
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          refused(where, "it does not answer health checks without a password");
      default ->
          status.getCause() != null
              ? Failure.verdict(status.getCause(), address)
              : Verdict.down("no usable answer from %s: %s".formatted(where, said(status)));
    };
  }

  private static Verdict refused(String where, String what) {
    return Verdict.unknown(new Problem(Problem.Reason.REFUSED, where, what));
  }

  private static String said(Status status) {
    return status.getCode()
        + (status.getDescription() == null ? "" : " " + status.getDescription());
  }

  @Override
  public synchronized void close() {
    if (kept != null) {
      kept.close();
      kept = null;
    }
  }
}
