package io.tocsin.collectors.agent;

import io.tocsin.schemas.Origin;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers the records of one run of an agent, so that a repeated delivery can be told from a new
 * measurement. Thread-safe.
 */
final class Origins {

  private final String agent;
  private final String bootId;
  private final AtomicLong sequence = new AtomicLong();

  Origins(String agent, String bootId) {
    this.agent = agent;
    this.bootId = bootId;
  }

  Origin next() {
    return new Origin(agent, bootId, sequence.getAndIncrement());
  }
}
