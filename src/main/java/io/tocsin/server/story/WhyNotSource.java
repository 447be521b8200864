package io.tocsin.server.story;

import io.tocsin.alerting.replay.WhyNot;
import java.io.IOException;
import java.time.Instant;

/** Finds out why a rule said nothing. */
@FunctionalInterface
public interface WhyNotSource {

  /**
   * Replays what was heard until a time.
   *
   * @throws IOException saying why it cannot: what it needs does not answer, or is too much
   */
  WhyNot ask(String rule, String resource, Instant at) throws IOException;
}
