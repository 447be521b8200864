package io.tocsin.alerting.healing.execute.haproxy;

import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.healing.execute.Stopwatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** One backend's servers, seen and set by the runtime API within a time. */
final class Backend {

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final int LONGEST_WORD = 150;

  private final RuntimeApi api;
  private final String name;
  private final Stopwatch watch;
  private final Duration timeout;

  /**
   * A backend to be worked on.
   *
   * @param watch started when the work began
   * @param timeout of the work, counted by {@code watch}
   */
  Backend(RuntimeApi api, String name, Stopwatch watch, Duration timeout) {
    this.api = api;
    this.name = name;
    this.watch = watch;
    this.timeout = timeout;
  }

  /** All of its servers, as they are now. */
  List<Server> servers() throws IOException, InterruptedException {
    String answer = ask("show servers state " + name);
    if (answer.lines().noneMatch(line -> line.startsWith("# "))) {
      throw new IOException("haproxy says: " + word(answer));
    }
    return Server.parse(answer);
  }

  /**
   * One of them, as it is now.
   *
   * @throws IOException if there is none of that name
   */
  Server server(ServerName wanted) throws IOException, InterruptedException {
    return find(servers(), wanted);
  }

  static Server find(List<Server> servers, ServerName wanted) throws IOException {
    return servers.stream()
        .filter(each -> each.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IOException("haproxy has no server " + wanted));
  }

  Traffic traffic(ServerName server) throws IOException, InterruptedException {
    // 4: servers only; -1: all of them
    return Traffic.parse(ask("show stat " + name + " 4 -1"), server);
  }

  /** How many servers beside one get new traffic. */
  static long usableBeside(List<Server> servers, ServerName one) {
    return servers.stream().filter(each -> each.isUsable() && !each.name().equals(one)).count();
  }

  /**
   * Sets a state and reads it back.
   *
   * @throws IOException if HAProxy refuses, or it does not hold in time
   */
  Server setState(ServerName server, String state) throws IOException, InterruptedException {
    command("set server " + server + " state " + state);
    return await(server, each -> each.state().equals(state), "be in state " + state);
  }

  /** Sets a weight and reads it back. */
  Server setWeight(ServerName server, int weight) throws IOException, InterruptedException {
    command("set server " + server + " weight " + weight);
    return await(server, each -> each.weight() == weight, "have weight " + weight);
  }

  /** Waits until a server is as it should be. */
  Server await(ServerName server, Predicate<Server> holds, String otherwise)
      throws IOException, InterruptedException {
    while (true) {
      Server now = server(server);
      if (holds.test(now)) {
        return now;
      }
      if (watch.left(timeout).compareTo(LOOK_EVERY) <= 0) {
        throw new IOException(now.words() + "; it did not come to " + otherwise + " in time");
      }
      Thread.sleep(LOOK_EVERY.toMillis());
    }
  }

  private void command(String command) throws IOException, InterruptedException {
    String answer = ask(command).strip();
    if (answer.toLowerCase(Locale.ROOT).contains("permission denied")) {
      throw new IOException("haproxy denies it: the socket needs 'level admin' in haproxy.cfg");
    }
    // What is done is answered with nothing.
    if (!answer.isEmpty()) {
      throw new IOException("haproxy refuses: " + word(answer));
    }
  }

  private String ask(String command) throws IOException, InterruptedException {
    return api.ask(command, watch.left(timeout));
  }

  private static String word(String answer) {
    return PlainText.head(answer, LONGEST_WORD);
  }
}
