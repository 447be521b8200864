package io.tocsin.schemas.exchange;

import java.util.Map;

/**
 * How long a client waits for a broker that neither answers nor refuses, because its host is cut
 * off or its process stands still. Kafka's defaults (30 s for an answer, 10 s for a connection, 5
 * min until somebody asks who leads instead) add up from client to client on the way of a page:
 * with half of them it was up to 40 s late. Milliseconds.
 *
 * <p>What is asked for again was perhaps done already: producers are idempotent, so that nothing is
 * written twice.
 */
public final class SilentBroker {

  /** One lost packet at the opening of a connection is sent again after 1 s. */
  private static final int CONNECTION = 2_000;

  private SilentBroker() {}

  /**
   * For an agent: there may be ten thousand, at the far end of thin links, so that it has to be
   * patient with a broker that is only slow, and asks who leads only when it has to.
   */
  public static Map<String, Object> ofAgent() {
    return Map.of(
        "request.timeout.ms", 4_000,
        "socket.connection.setup.timeout.ms", CONNECTION,
        "socket.connection.setup.timeout.max.ms", CONNECTION);
  }

  /**
   * For a stage: there are few, near the brokers. One that sends seldom has to know who leads
   * before it sends, or its patience comes on top of everybody else's.
   */
  public static Map<String, Object> ofStage() {
    return Map.of(
        "request.timeout.ms",
        3_000,
        "metadata.max.age.ms",
        1_000,
        "socket.connection.setup.timeout.ms",
        CONNECTION,
        "socket.connection.setup.timeout.max.ms",
        CONNECTION);
  }

  /**
   * For a stage's transactions, which ask brokers one after the other: the one that coordinates
   * them is often silent only when the record is already on its way.
   */
  public static Map<String, Object> ofTransactions() {
    return Map.of(
        "request.timeout.ms",
        2_000,
        "metadata.max.age.ms",
        1_000,
        "socket.connection.setup.timeout.ms",
        CONNECTION,
        "socket.connection.setup.timeout.max.ms",
        CONNECTION);
  }
}
