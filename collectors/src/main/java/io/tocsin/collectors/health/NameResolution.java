package io.tocsin.collectors.health;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Resolves one name with a time limit, which the JDK's own resolver lacks: it may take tens of
 * seconds when a name server does not answer. While one question is open no other is asked.
 */
final class NameResolution {

  private final Target.Network target;
  private CompletableFuture<InetAddress> open;

  NameResolution(Target.Network target) {
    this.target = target;
  }

  /**
   * The target's address.
   *
   * @throws UnknownHostException if there is none, or none in time; the message says which
   */
  InetSocketAddress resolve(Duration patience) throws UnknownHostException, InterruptedException {
    if (open == null) {
      open = ask();
    }
    try {
      InetAddress address = open.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      open = null;
      return new InetSocketAddress(address, target.portNumber());
    } catch (TimeoutException e) {
      throw new UnknownHostException(
          "the name '%s' was not resolved within %d ms"
              .formatted(target.hostName(), patience.toMillis()));
    } catch (ExecutionException e) {
      open = null;
      throw new UnknownHostException("the name '" + target.hostName() + "' could not be resolved");
    }
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
