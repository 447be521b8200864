package io.tocsin.alerting.notify.channel;

import java.time.Duration;

/** What a receiver made of a message. */
public sealed interface SendAnswer {

  /**
   * It has it.
   *
   * @param receipt what it calls the message; null where it does not say
   */
  record Accepted(String receipt) implements SendAnswer {}

  /**
   * Not now: away, overloaded, too many requests.
   *
   * @param retryAfter what it asks for; null where it does not say
   */
  record TryAgain(String reason, Duration retryAfter) implements SendAnswer {}

  /** Never: it does not understand the message, or does not know us. */
  record Refused(String reason) implements SendAnswer {}
}
