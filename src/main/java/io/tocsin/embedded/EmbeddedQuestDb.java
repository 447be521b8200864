package io.tocsin.embedded;

import io.questdb.Bootstrap;
import io.questdb.ServerMain;
import io.questdb.log.LogFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * QuestDB in this process: takes points over the InfluxDB v2 write API, answers SQL over the
 * PostgreSQL wire protocol. Both ask for {@link #USER} and a password generated on the first start;
 * SQL also takes {@link #READER}, who may ask and nothing else. The shipped accounts do not exist.
 * See {@link QuestDbSettings} for what is set and why.
 */
public final class EmbeddedQuestDb implements Part {

  /** The account that may do anything. */
  public static final String USER = "tocsin";

  /** The account that may only ask, over SQL: for Grafana and for people. */
  public static final String READER = "tocsin_reader";

  /** Where its password stands among the secrets. */
  public static final String READER_SECRET = "questdb-reader";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedQuestDb.class);

  private final DataDirectory data;
  private final Ports ports;
  private ServerMain server;
  private volatile String password;
  private volatile String readerPassword;

  /**
   * @param data its tables, log and password go here
   * @param ports {@link Ports#questDbHttp()} and {@link Ports#questDbPg()} are used
   */
  public EmbeddedQuestDb(DataDirectory data, Ports ports) {
    this.data = data;
    this.ports = ports;
  }

  @Override
  public String name() {
    return "questdb";
  }

  /** Base URL of the InfluxDB v2 write API. */
  @Override
  public String address() {
    return "http://" + Ports.LOOPBACK + ":" + ports.questDbHttp();
  }

  /** For JDBC with the PostgreSQL driver. */
  public String jdbcUrl() {
    return "jdbc:postgresql://" + Ports.LOOPBACK + ":" + ports.questDbPg() + "/qdb";
  }

  /**
   * The generated password.
   *
   * @throws IllegalStateException before the start
   */
  public String password() {
    return started(password);
  }

  /**
   * The generated password of {@link #READER}.
   *
   * @throws IllegalStateException before the start
   */
  public String readerPassword() {
    return started(readerPassword);
  }

  private static String started(String made) {
    if (made == null) {
      throw new IllegalStateException("questdb has not started: it has no password yet");
    }
    return made;
  }

  /** The HTTP {@code Authorization} header that its HTTP endpoints want. */
  public String authorization() {
    byte[] account = (USER + ":" + password()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(account);
  }

  @Override
  public synchronized void start() throws PartFailure, InterruptedException {
    try {
      password = Secret.in(data.secrets().resolve(name()));
      readerPassword = Secret.in(data.secrets().resolve(READER_SECRET));
      writeConfiguration();
      LOG.info("QuestDB says: {}", Muted.run(this::openLog));
      server =
          new ServerMain(
              new Bootstrap(
                  new QuestDbBootstrap(
                      QuestDbSettings.of(
                          ports,
                          new QuestDbSettings.Account(USER, password),
                          new QuestDbSettings.Account(READER, readerPassword))),
                  "-d",
                  data.questDb().toString(),
                  "-n")); // leave the HUP signal to the program
      server.start();
      awaitSql();
      awaitHttp();
    } catch (IOException | SQLException | RuntimeException | Error e) {
      close();
      throw new PartFailure(
          name(),
          "did not start on "
              + address()
              + ": "
              + PartFailure.reason(e)
              + "; see logs/questdb.*.log",
          e);
    }
  }

  private void openLog() {
    LogFactory.disableEnv();
    LogFactory.configureRootDir(data.questDb().toString());
    LogFactory.getInstance();
  }

  private void writeConfiguration() throws IOException {
    Path conf = Files.createDirectories(data.questDb().resolve("conf"));
    Files.writeString(conf.resolve("log.conf"), QuestDbSettings.log(data.logs()));
    Files.writeString(
        conf.resolve("server.conf"),
        "# Not read: the program sets every option itself, see QuestDbSettings.\n");
  }

  private void awaitSql() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", USER);
    login.setProperty("password", password);
    login.setProperty("connectTimeout", "10");
    login.setProperty("socketTimeout", "10");
    login.setProperty("sslmode", "disable");
    try (Connection connection = DriverManager.getConnection(jdbcUrl(), login);
        Statement statement = connection.createStatement();
        ResultSet one = statement.executeQuery("SELECT 1")) {
      one.next();
    }
  }

  private void awaitHttp() throws IOException, InterruptedException {
    HttpRequest ping =
        HttpRequest.newBuilder(URI.create(address() + "/ping"))
            .header("Authorization", authorization())
            .timeout(Duration.ofSeconds(10))
            .build();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    int status = client.send(ping, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 204) {
      throw new IOException("/ping answered HTTP " + status + " where 204 was expected");
    }
  }

  @Override
  public synchronized void close() {
    if (server == null) {
      return;
    }
    try {
      LOG.info("QuestDB says: {}", Muted.run(server::close));
    } catch (RuntimeException e) {
      LOG.warn("QuestDB did not stop cleanly; it will recover at the next start", e);
    }
    server = null;
  }
}
