package io.tocsin.collectors.health;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Resolves a name, which counts towards the time an attempt may take, and tries the address. */
final class NetworkAttempt implements Attempt {

  private final NameResolution names;
  private final AddressedAttempt attempt;
  private final LongSupplier nanos;

  NetworkAttempt(Target.Network target, AddressedAttempt attempt, LongSupplier nanos) {
    this.names = new NameResolution(target);
    this.attempt = attempt;
    this.nanos = nanos;
  }

  @Override
  public Verdict make(Duration patience) throws InterruptedException {
    long began = nanos.getAsLong();
    InetSocketAddress address;
    try {
      address = names.resolve(patience);
    } catch (UnknownHostException e) {
      return Verdict.unknown(e.getMessage());
    }
    try {
      Duration left = patience.minusNanos(nanos.getAsLong() - began);
      return attempt.make(address, left.toMillis() < 1 ? Duration.ofMillis(1) : left);
    } catch (TimeoutException e) {
      return Verdict.down(
          "no answer from %s within %d ms"
              .formatted(Failure.display(address), patience.toMillis()));
    }
  }

  @Override
  public void close() {
    attempt.close();
  }
}
