package io.tocsin.schemas.exchange;

import java.util.HashMap;
import java.util.Map;

/**
 * How long a client waits for a broker that neither answers nor refuses, because its host is cut
 * off or its process stands still. Kafka's defaults (30 s for an answer, 10 s for a connection, 5
 * min until somebody asks who leads instead) add up from client to client on the way of a page.
 * Milliseconds.
 *
 * <p>What is asked for again was perhaps done already: producers are idempotent, so that nothing is
 * written twice.
 *
 * <p>A client asks nobody else who leads while it connects to anybody (NetworkClient,
 * isAnyNodeConnecting). One that has something for the silent broker connects to it again as soon
 * as it may, and if that is sooner than it may ask again, asking never gets its turn: a job stood
 * for up to 43 s on that. So it may connect again only well after it may ask ({@code
 * retry.backoff.ms}, 100 by default, twice as long each time).
 */
public final class SilentBroker {

  /** One lost packet at the opening of a connection is sent again after 1 s. */
  private static final int CONNECTION = 2_000;

  private static final int CONNECT_AGAIN = 800;

  private SilentBroker() {}

  /**
   * For an agent: there may be ten thousand, at the far end of thin links, so that it has to be
   * patient with a broker that is only slow, and asks who leads only when it has to.
   */
  public static Map<String, Object> ofAgent() {
    return settings(4_000);
  }

  /** For what a stage reads: there are few stages, near the brokers, and they ask all the time. */
  public static Map<String, Object> ofReader() {
    Map<String, Object> settings = settings(3_000);
    settings.put("metadata.max.age.ms", 5_000);
    return settings;
  }

  /**
   * For what a stage writes. It may be seldom, and has to know who leads before it sends, or its
   * patience comes on top of everybody else's.
   */
  public static Map<String, Object> ofWriter() {
    Map<String, Object> settings = settings(3_000);
    settings.put("metadata.max.age.ms", 1_000);
    return settings;
  }

  /**
   * For a stage's transactions, which ask brokers one after the other: the one that coordinates
   * them is often found silent only when the record is already on its way. They ask again after 5
   * ms: one right after another is told "not yet" while the broker still ends the one before.
   */
  public static Map<String, Object> ofTransactions() {
    Map<String, Object> settings = settings(2_000);
    settings.put("metadata.max.age.ms", 1_000);
    settings.put("retry.backoff.ms", 5);
    settings.put("reconnect.backoff.ms", 200);
    return settings;
  }

  private static Map<String, Object> settings(int answer) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("request.timeout.ms", answer);
    settings.put("socket.connection.setup.timeout.ms", CONNECTION);
    settings.put("socket.connection.setup.timeout.max.ms", CONNECTION);
    settings.put("reconnect.backoff.ms", CONNECT_AGAIN);
    settings.put("reconnect.backoff.max.ms", 1_000);
    return settings;
  }
}
