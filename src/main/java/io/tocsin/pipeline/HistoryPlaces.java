package io.tocsin.pipeline;

import io.tocsin.config.Config;
import io.tocsin.config.HistorySection;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.Ports;
import io.tocsin.history.HistoryAddress;
import io.tocsin.history.HistoryPlace;
import io.tocsin.history.InfluxAddress;
import io.tocsin.history.StoreRoom;
import io.tocsin.schemas.tls.ClientTls;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Where a configuration says that history is. */
public final class HistoryPlaces {

  private HistoryPlaces() {}

  /**
   * The place; without one that of {@code tocsin up} on this machine.
   *
   * @throws IOException in words for people, if a secret cannot be read
   */
  public static HistoryPlace of(Config config) throws IOException {
    HistorySection history = config.history();
    if (history.influxdb() != null) {
      return influx(history.influxdb());
    }
    return history.questdb() == null ? embedded(config) : questDb(history.questdb());
  }

  private static HistoryPlace embedded(Config config) throws IOException {
    Path secret = new DataDirectory(config.dataDir()).secrets().resolve("questdb");
    if (!Files.isReadable(secret)) {
      throw new IOException(
          "there is no history in "
              + config.dataDir()
              + ": start tocsin up there, name its --data-dir, or write history: into --config");
    }
    String password = Files.readString(secret, StandardCharsets.UTF_8).strip();
    return address(
        "http://" + Ports.LOOPBACK + ":" + config.ports().questdbHttp(),
        Ports.LOOPBACK + ":" + config.ports().questdbPg() + "/qdb",
        EmbeddedQuestDb.USER,
        password,
        null,
        room(config));
  }

  private static HistoryPlace questDb(HistorySection.QuestDb section) throws IOException {
    return address(
        section.url().toString(),
        section.sql() + "/qdb" + sqlTls(section),
        section.user(),
        section.password().read(),
        believing(section.ca()),
        null);
  }

  /**
   * The driver compares host names, and reads the authority again for each connection; that of Java
   * it uses only if it is told so.
   */
  private static String sqlTls(HistorySection.QuestDb section) {
    if (!"https".equalsIgnoreCase(section.url().getScheme()) || section.plainText()) {
      return "";
    }
    return "?sslmode=verify-full&"
        + (section.ca() == null
            ? "sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory"
            : "sslrootcert=" + URLEncoder.encode(section.ca(), StandardCharsets.UTF_8));
  }

  private static ClientTls believing(String ca) {
    return ca == null ? null : ClientTls.believing(ca);
  }

  /** The disk of the store of {@code tocsin up}, of which at least the usual reserve stays free. */
  static StoreRoom room(Config config) {
    return new StoreRoom(
        new DataDirectory(config.dataDir()).questDb(),
        Math.min(StoreRoom.USUAL, config.minFreeDiskBytes()));
  }

  private static HistoryAddress address(
      String url, String sql, String user, String password, ClientTls tls, StoreRoom room) {
    return new HistoryAddress(
        url, basic(user + ":" + password), "jdbc:postgresql://" + sql, user, password, tls, room);
  }

  private static HistoryPlace influx(HistorySection.InfluxDb section) throws IOException {
    String authorization = "";
    if (section.token() != null) {
      String token = section.token().read();
      authorization = section.version() == 1 ? basic(token) : "Token " + token;
    }
    return new InfluxAddress(
        section.url().toString(),
        believing(section.ca()),
        authorization,
        section.organisation(),
        section.version());
  }

  private static String basic(String account) {
    return "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
  }
}
