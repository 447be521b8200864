package io.tocsin.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /**
   * Six ports that are free now; for tests and for a demonstration beside a running installation.
   *
   * @throws UncheckedIOException if the machine has none left
   */
  public static Ports free() {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 6; i++) {
        open.add(new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK)));
      }
      List<Integer> p = open.stream().map(ServerSocket::getLocalPort).toList();
      return new Ports(p.get(0), p.get(1), p.get(2), p.get(3), p.get(4), p.get(5));
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on " + LOOPBACK, e);
    } finally {
      for (ServerSocket socket : open) {
        closeQuietly(socket);
      }
    }
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

  private static void closeQuietly(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // closing a listening socket does not fail on loopback
    }
  }
}
