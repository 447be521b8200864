package io.tocsin.server.stage;

import io.tocsin.streams.topology.InstanceState;
import io.tocsin.streams.topology.StateAnswer;

/** What {@link StreamsServer} asks the streams. */
public interface StreamsSource {

  /** How the instance stands. */
  InstanceState instance();

  /** What is known of a resource. */
  StateAnswer state(String resourceId);
}
