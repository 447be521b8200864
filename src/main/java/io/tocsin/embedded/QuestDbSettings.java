package io.tocsin.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * QuestDB's settings, each for a reason. Reference: <a
 * href="https://questdb.com/docs/configuration/overview/">QuestDB configuration</a>. They are
 * handed over as the environment variables QuestDB reads before its file: {@code pg.user} is {@code
 * QDB_PG_USER}.
 *
 * <p>Power loss: {@code cairo.commit.mode} stays {@code nosync}, so a power cut may lose the last
 * seconds of history; they can be written again from Kafka. A killed process loses nothing.
 */
final class QuestDbSettings {

  private QuestDbSettings() {}

  /** A name and its password. */
  record Account(String user, String password) {}

  /**
   * Settings.
   *
   * @param owner may do anything, over HTTP and SQL
   * @param reader may ask, over SQL alone
   */
  static Map<String, String> of(Ports ports, Account owner, Account reader) {
    Map<String, String> s = new HashMap<>();
    put(s, "http.bind.to", Ports.LOOPBACK + ":" + ports.questDbHttp());
    put(s, "http.user", owner.user());
    put(s, "http.password", owner.password());
    put(s, "http.settings.readonly", true);
    put(s, "pg.net.bind.to", Ports.LOOPBACK + ":" + ports.questDbPg());
    put(s, "pg.user", owner.user());
    put(s, "pg.password", owner.password());
    put(s, "pg.readonly.user.enabled", true);
    put(s, "pg.readonly.user", reader.user());
    put(s, "pg.readonly.password", reader.password());

    // One way in for points, and that one authenticated: no raw TCP or UDP, no second HTTP server.
    put(s, "line.tcp.enabled", false);
    put(s, "line.udp.enabled", false);
    put(s, "http.min.enabled", false);

    // Nothing about this installation is collected or sent.
    put(s, "telemetry.enabled", false);
    put(s, "telemetry.disable.completely", true);
    put(s, "posthog.enabled", false);
    put(s, "metrics.enabled", false);
    put(s, "query.tracing.enabled", false);
    put(s, "config.reload.enabled", false);

    // It shares two cores and the memory with the pipeline: one thread per kind of work.
    put(s, "shared.worker.count", 1);
    put(s, "shared.network.worker.count", 1);
    put(s, "shared.query.worker.count", 1);
    put(s, "shared.write.worker.count", 1);
    put(s, "wal.apply.worker.count", 1);
    put(s, "cairo.page.frame.shard.count", 1);
    put(s, "cairo.mat.view.enabled", false);
    put(s, "cairo.sql.copy.queue.capacity", 2);
    // Its workers poll. Made for machines of their own, they do so thousands of times before they
    // sleep, which is a fifth of a core with nothing to do; a request may wait 10 ms instead.
    idle(s, "shared", 10);
    idle(s, "wal.apply", 20);
    idle(s, "view.compiler", 100);
    idle(s, "export", 100);
    idle(s, "mat.view.refresh", 100);
    put(s, "cairo.unordered.page.frame.reduce.queue.capacity", 64);

    // Every SQL compiler fills its object pools when it is made: 50 MiB of heap by default, 5 MiB
    // with these. They grow when a statement needs more.
    put(s, "cairo.lexer.pool.capacity", 64);
    put(s, "cairo.model.pool.capacity", 64);
    put(s, "cairo.expression.pool.capacity", 512);
    put(s, "cairo.column.pool.capacity", 256);
    put(s, "cairo.sql.with.clause.model.pool.capacity", 16);
    put(s, "pg.connection.pool.capacity", 8);

    // Buffers and mapped pages, per connection and per column; the defaults suit a server.
    put(s, "http.net.connection.limit", 32);
    put(s, "http.receive.buffer.size", "256k");
    put(s, "http.send.buffer.size", "256k");
    put(s, "pg.net.connection.limit", 32);
    put(s, "pg.recv.buffer.size", "256k");
    put(s, "pg.send.buffer.size", "256k");
    put(s, "line.http.max.recv.buffer.size", "16m");
    put(s, "cairo.writer.data.append.page.size", "1m");
    put(s, "cairo.writer.data.index.value.append.page.size", "1m");
    put(s, "cairo.wal.writer.data.append.page.size", "128k");
    put(s, "cairo.wal.writer.event.append.page.size", "64k");
    put(s, "cairo.o3.column.memory.size", "256k");
    put(s, "cairo.sql.hash.join.value.page.size", "1m");
    put(s, "cairo.sql.sort.value.page.size", "1m");
    return s;
  }

  /** {@code conf/log.conf}: a rolling file and nothing on the terminal. */
  static String log(Path directory) {
    return String.join(
        "\n",
        "writers=file",
        "w.file.class=io.questdb.log.LogRollingFileWriter",
        "w.file.location=" + directory.resolve("questdb.${date:yyyyMMdd}.log"),
        "w.file.level=INFO,ERROR,CRITICAL,ADVISORY",
        "w.file.rollSize=16m",
        "w.file.sizeLimit=64m",
        "w.file.lifeDuration=7d",
        "");
  }

  private static void idle(Map<String, String> settings, String workers, int sleepMs) {
    put(settings, workers + ".worker.yield.threshold", 1);
    put(settings, workers + ".worker.nap.threshold", 2);
    put(settings, workers + ".worker.sleep.threshold", 10);
    put(settings, workers + ".worker.sleep.timeout", sleepMs);
  }

  private static void put(Map<String, String> settings, String key, Object value) {
    settings.put(
        "QDB_" + key.replace('.', '_').toUpperCase(java.util.Locale.ROOT), String.valueOf(value));
  }
}
