package io.tocsin.collectors.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Resolves one name with a time limit, which the JDK's own resolver lacks. An address is kept for
 * 30 s, as the JDK does, or until {@link #forget}. While one question is open no other is asked.
 */
final class Names {

  /**
   * An address.
   *
   * @param value the address
   * @param tookUs how long it took to find; null where it was known
   */
  record Address(InetAddress value, Long tookUs) {}

  private static final long KEPT = TimeUnit.SECONDS.toNanos(30);

  private final String host;
  private final LongSupplier nanos;
  private CompletableFuture<InetAddress> open;
  private InetAddress known;
  private long knownSince;

  Names(String host, LongSupplier nanos) {
    this.host = host;
    this.nanos = nanos;
  }

  /**
   * The address.
   *
   * @throws UnknownHostException if there is none, or none in time; the message says which
   */
  Address resolve(Deadline deadline) throws UnknownHostException, InterruptedException {
    long began = nanos.getAsLong();
    if (known != null && began - knownSince < KEPT) {
      return new Address(known, null);
    }
    // An address needs no name server.
    if (host.indexOf(':') >= 0 || host.matches("[0-9.]+")) {
      known = InetAddress.getByName(host);
      knownSince = began;
      return new Address(known, null);
    }
    if (open == null) {
      open = ask();
    }
    try {
      known = open.get(Math.max(1, deadline.leftNanos()), TimeUnit.NANOSECONDS);
      open = null;
    } catch (TimeoutException e) {
      throw new UnknownHostException("the name '" + host + "' was not resolved in time");
    } catch (ExecutionException e) {
      open = null;
      throw new UnknownHostException("the name '" + host + "' could not be resolved");
    }
    knownSince = nanos.getAsLong();
    return new Address(known, (knownSince - began) / 1_000);
  }

  /** Asks anew next time: the endpoint may have moved. */
  void forget() {
    known = null;
  }

  private CompletableFuture<InetAddress> ask() {
    CompletableFuture<InetAddress> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(InetAddress.getByName(host));
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
