package io.tocsin.collectors.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Asks the Docker daemon for details of a container, as far as it answers soon. Calls over a Unix
 * socket have no time limit of their own (docker-java 3.7 on a JDK with Unix sockets), so a slow
 * one is ended from outside, by closing its client.
 */
final class DockerInspector implements ContainerLookup {

  private static final long LONGEST_NANOS = Duration.ofSeconds(2).toNanos();

  /** After a failure the daemon is left alone for this long, since each try may cost a wait. */
  private static final long REST_NANOS = Duration.ofSeconds(10).toNanos();

  private final Supplier<DockerClient> clients;
  private final LongSupplier nanos;
  private final Consumer<Problem> problems;
  private DockerClient client;
  private boolean isAsking;
  private long askedNanos;
  private boolean isResting;
  private long restUntilNanos;

  /**
   * One that has not asked yet.
   *
   * @param clients makes a client; asked again after one was closed
   * @param nanos a clock that only goes forward
   */
  DockerInspector(Supplier<DockerClient> clients, LongSupplier nanos, Consumer<Problem> problems) {
    this.clients = clients;
    this.nanos = nanos;
    this.problems = problems;
  }

  @Override
  public Optional<ContainerFacts> find(String containerId) {
    Optional<DockerClient> free = begin();
    if (free.isEmpty()) {
      tell();
      return Optional.empty();
    }
    boolean answered = true;
    try {
      return Optional.of(ContainerFacts.of(free.get().inspectContainerCmd(containerId).exec()));
    } catch (NotFoundException gone) {
      return Optional.empty();
    } catch (RuntimeException deaf) {
      answered = isAnswer(deaf);
      tell();
      return Optional.empty();
    } finally {
      end(answered);
    }
  }

  /** One answer that makes no sense to this client must not keep it from asking for others. */
  private static boolean isAnswer(Throwable error) {
    Throwable cause = error;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof JsonProcessingException || cause instanceof DockerException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private synchronized Optional<DockerClient> begin() {
    long now = nanos.getAsLong();
    if (isResting && now - restUntilNanos < 0) {
      return Optional.empty();
    }
    isResting = false;
    if (client == null) {
      client = clients.get();
    }
    isAsking = true;
    askedNanos = now;
    return Optional.of(client);
  }

  private synchronized void end(boolean answered) {
    isAsking = false;
    if (!answered) {
      isResting = true;
      restUntilNanos = nanos.getAsLong() + REST_NANOS;
    }
  }

  @Override
  public synchronized void endSlowCall() {
    if (isAsking && nanos.getAsLong() - askedNanos > LONGEST_NANOS) {
      close();
    }
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      try {
        client.close();
      } catch (IOException | RuntimeException alreadyBroken) {
        // It is let go of either way.
      }
      client = null;
    }
  }

  private void tell() {
    problems.accept(
        new Problem(
            Reason.UNREADABLE,
            "security/docker",
            "the daemon gave no details of a container, so its events may seem less bad than they"
                + " are"));
  }
}
