package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.topic.Cluster;
import java.time.Clock;
import java.util.Map;

/**
 * What the handlers need. Kafka Streams makes them itself, from a class name; this reaches them
 * among the settings.
 */
record HandlerContext(Cluster cluster, Clock clock, MeterRegistry meters) {

  static final String SETTING = "tocsin.handler.context";

  /**
   * The one among the settings.
   *
   * @throws IllegalStateException if there is none, which is a mistake in the wiring
   */
  static HandlerContext of(Map<String, ?> settings) {
    if (settings.get(SETTING) instanceof HandlerContext context) {
      return context;
    }
    throw new IllegalStateException("the setting " + SETTING + " is missing");
  }
}
