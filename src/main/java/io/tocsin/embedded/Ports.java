package io.tocsin.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The TCP ports of the embedded engines, all on 127.0.0.1.
 *
 * @param kafka broker, {@code bootstrap.servers}
 * @param kafkaController KRaft controller; nobody but the broker in the same process connects
 * @param registry schema registry, Confluent API under {@code /apis/ccompat/v7}
 * @param questDbHttp QuestDB: InfluxDB v2 write API and {@code /exec}
 * @param questDbPg QuestDB: SQL over the PostgreSQL wire protocol
 * @param api the HTTP API, which is no engine but wants its port as they do
 */
public record Ports(
    int kafka, int kafkaController, int registry, int questDbHttp, int questDbPg, int api) {

  /** The address everything binds to. A literal, so that no resolver decides what loopback is. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final int LOWEST_FREE = 20_000;
  private static final int LOWEST_EPHEMERAL = 32_768;
  private static final int TRIES = 10_000;

  /**
   * Into how many parts the range is divided where {@code tocsin.ports.share} says which is ours:
   * two processes that look at the same moment, as the forks of a build do, may find the same ports
   * free.
   */
  private static final int SHARES = 4;

  private static final Integer SHARE = Integer.getInteger("tocsin.ports.share");

  /**
   * Six ports that are free now; for a demonstration beside a running installation.
   *
   * @throws IllegalStateException if the machine has none left
   */
  public static Ports free() {
    List<Integer> p = free(6);
    return new Ports(p.get(0), p.get(1), p.get(2), p.get(3), p.get(4), p.get(5));
  }

  /**
   * Some ports that are free now and likely stay so: below the range from which the kernel takes
   * the near end of outgoing connections (32768 and up unless told otherwise), so that no client's
   * connection sits on them when an engine that was stopped wants its port back.
   *
   * @param count how many, all different
   * @throws IllegalStateException if the machine has none left
   */
  public static List<Integer> free(int count) {
    int width = (LOWEST_EPHEMERAL - LOWEST_FREE) / (SHARE == null ? 1 : SHARES);
    int lowest = LOWEST_FREE + (SHARE == null ? 0 : Math.floorMod(SHARE, SHARES) * width);
    List<Integer> free =
        ThreadLocalRandom.current()
            .ints(lowest, lowest + width)
            .limit(TRIES)
            .distinct()
            .filter(port -> refusal(port).isEmpty())
            .limit(count)
            .boxed()
            .toList();
    if (free.size() < count) {
      throw new IllegalStateException("no free port on " + LOOPBACK);
    }
    return free;
  }

  /** Configuration key → port, in the order people read them. */
  public Map<String, Integer> byKey() {
    Map<String, Integer> keys = new LinkedHashMap<>();
    keys.put("ports.kafka", kafka);
    keys.put("ports.kafka-controller", kafkaController);
    keys.put("ports.registry", registry);
    keys.put("ports.questdb-http", questDbHttp);
    keys.put("ports.questdb-pg", questDbPg);
    keys.put("ports.api", api);
    return keys;
  }

  /** Whether another program listens on one of these on the loopback address. */
  public static boolean anyTaken(Collection<Integer> ports) {
    return ports.stream().anyMatch(port -> refusal(port).isPresent());
  }

  /** Why nobody else can listen on a port now; empty if somebody can. */
  static Optional<String> refusal(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // a connection that just closed does not count
      socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
