package io.tocsin.alerting.notify.channel;

import java.time.Duration;
import java.util.Optional;

/**
 * A way to people: the contract of every plug-in, tested by one test that all of them pass. Called
 * by one thread at a time. Whatever the receiver does is an answer and no exception, and is over
 * within 15 s.
 */
public interface Channel extends AutoCloseable {

  /**
   * Hands a message to the receiver, under its dedup key, so that a message handed over twice is
   * one to whoever reads it, where the receiver allows that.
   *
   * @throws InterruptedException if the caller stops waiting
   */
  SendAnswer send(Message message) throws InterruptedException;

  /**
   * How often the last message about an incident that is not over has to be repeated, for receivers
   * that forget; empty for those that remember.
   */
  default Optional<Duration> repeatEvery() {
    return Optional.empty();
  }

  @Override
  default void close() {}
}
