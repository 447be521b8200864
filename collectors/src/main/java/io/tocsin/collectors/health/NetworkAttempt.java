package io.tocsin.collectors.health;

import io.tocsin.collectors.Problem;
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
    this(new NameResolution(target, nanos), attempt, nanos);
  }

  NetworkAttempt(NameResolution names, AddressedAttempt attempt, LongSupplier nanos) {
    this.names = names;
    this.attempt = attempt;
    this.nanos = nanos;
  }

  @Override
  public Verdict make(Duration patience) throws InterruptedException {
    long began = nanos.getAsLong();
    NameResolution.Found found;
    try {
      found = names.resolve(patience);
    } catch (UnknownHostException e) {
      return Verdict.unknown(e.getMessage());
    }
    Verdict verdict = tried(found.address(), patience, began);
    return found.problem().map(why -> whereItWas(verdict, why)).orElse(verdict);
  }

  /**
   * The same words each time, however the name was not resolved: other evidence would be news of an
   * incident each time.
   */
  private static Verdict whereItWas(Verdict verdict, Problem why) {
    String words = ", where '" + why.where() + "' was; the name is not resolved any more";
    return verdict.as(verdict.health(), verdict.evidence() + words).but(why);
  }

  private Verdict tried(InetSocketAddress address, Duration patience, long began)
      throws InterruptedException {
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
