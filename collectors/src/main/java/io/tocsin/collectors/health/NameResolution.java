package io.tocsin.collectors.health;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Resolves one name with a time limit, which the JDK's own resolver lacks: it may take tens of
 * seconds when a name server does not answer. While one question is open no other is asked.
 *
 * <p>Where a name was resolved before and is not any more, the address that it had serves on, as
 * RFC 8767 has it: the name of a container is gone with the container, and a name server that is
 * away must not hide that an endpoint is down.
 */
final class NameResolution {

  /** Asks the system. */
  @FunctionalInterface
  interface Lookup {
    InetAddress find(String host) throws UnknownHostException;
  }

  /**
   * An address to try.
   *
   * @param address where
   * @param problem why the name has no newer one, if that is so
   */
  record Found(InetSocketAddress address, Optional<Problem> problem) {}

  /**
   * RFC 8767 has one to three days for name servers; addresses of containers change hands sooner.
   */
  private static final long SERVES_NANOS = Duration.ofHours(1).toNanos();

  /** What is left has to do for the endpoint. */
  private static final int SHARE_OF_PATIENCE = 4;

  private final Target.Network target;
  private final LongSupplier nanos;
  private final Lookup lookup;
  private CompletableFuture<InetAddress> open;
  private InetAddress known;
  private long knownSince;

  NameResolution(Target.Network target, LongSupplier nanos) {
    this(target, nanos, InetAddress::getByName);
  }

  NameResolution(Target.Network target, LongSupplier nanos, Lookup lookup) {
    this.target = target;
    this.nanos = nanos;
    this.lookup = lookup;
  }

  /**
   * The target's address.
   *
   * @throws UnknownHostException if there is none, or none in time, and none is known from before;
   *     the message says which
   */
  Found resolve(Duration patience) throws UnknownHostException, InterruptedException {
    if (open == null) {
      open = ask();
    }
    boolean serves = known != null && nanos.getAsLong() - knownSince < SERVES_NANOS;
    Duration limit = serves ? patience.dividedBy(SHARE_OF_PATIENCE) : patience;
    try {
      known = open.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      knownSince = nanos.getAsLong();
      open = null;
      return new Found(at(known), Optional.empty());
    } catch (TimeoutException e) {
      return before(
          serves,
          Reason.DEADLINE,
          "the name '%s' was not resolved within %d ms"
              .formatted(target.hostName(), limit.toMillis()));
    } catch (ExecutionException e) {
      open = null;
      return before(
          serves, Reason.MISSING, "the name '" + target.hostName() + "' could not be resolved");
    }
  }

  private Found before(boolean serves, Reason reason, String why) throws UnknownHostException {
    if (!serves) {
      throw new UnknownHostException(why);
    }
    return new Found(
        at(known),
        Optional.of(new Problem(reason, target.hostName(), why + "; tried where it was before")));
  }

  private InetSocketAddress at(InetAddress address) {
    return new InetSocketAddress(address, target.portNumber());
  }

  private CompletableFuture<InetAddress> ask() throws UnknownHostException {
    String host = target.hostName();
    // An address needs no name server.
    if (host.indexOf(':') >= 0 || host.matches("[0-9.]+")) {
      return CompletableFuture.completedFuture(InetAddress.getByName(host));
    }
    CompletableFuture<InetAddress> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(lookup.find(host));
              } catch (UnknownHostException | RuntimeException e) {
                answer.completeExceptionally(e);
              }
            },
            "tocsin-resolve-" + host);
    thread.setDaemon(true);
    thread.start();
    return answer;
  }
}
