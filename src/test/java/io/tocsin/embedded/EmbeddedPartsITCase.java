package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.domain.WritePrecision;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class EmbeddedPartsITCase {

  private static final String SCHEMA =
      "{\"type\":\"record\",\"name\":\"Sample\",\"fields\":[{\"name\":\"cpu\",\"type\":\"double\"}]}";

  @TempDir Path temp;
  private final Ports ports = Ports.free();
  private final Queue<String> started = new ConcurrentLinkedQueue<>();
  private final Queue<String> died = new ConcurrentLinkedQueue<>();

  @Test
  void everythingAnswersOnLoopbackOnlyAndSurvivesARestart() throws Exception {
    DataDirectory data = new DataDirectory(temp);
    String clusterId;
    int schemaId;
    try (DataLock lock = new Preflight(data, ports, 1).pass();
        EmbeddedParts parts = parts(data)) {
      assertThat(lock).isNotNull();
      parts.start();
      assertThat(started).containsExactlyInAnyOrder("kafka", "registry", "questdb", "flink");
      onlyLoopback(parts);
      clusterId = clusterId(parts);
      createTopic(parts);
      produce(parts, "before the restart");
      schemaId = registry(parts).register("samples-value", new AvroSchema(SCHEMA));
      writePoint(parts, "before", 1);
      await().atMost(Duration.ofSeconds(20)).until(() -> rows(parts) == 1);
      shippedPasswordsAreRefused(parts);
      passwordFileIsPrivate(data, parts);
    }
    try (DataLock lock = new Preflight(data, ports, 1).pass();
        EmbeddedParts parts = parts(data)) {
      assertThat(lock).isNotNull();
      parts.start();
      assertThat(clusterId(parts)).isEqualTo(clusterId);
      produce(parts, "after the restart");
      assertThat(consume(parts, 2)).containsExactly("before the restart", "after the restart");
      SchemaRegistryClient registry = registry(parts);
      assertThat(registry.getSchemaById(schemaId).canonicalString()).contains("Sample");
      assertThat(registry.register("samples-value", new AvroSchema(SCHEMA))).isEqualTo(schemaId);
      assertThat(registry.register("other-value", new AvroSchema(SCHEMA.replace("cpu", "io"))))
          .isGreaterThan(schemaId);
      assertThat(rows(parts)).isEqualTo(1);
      writePoint(parts, "after", 2);
      await().atMost(Duration.ofSeconds(20)).until(() -> rows(parts) == 2);
    }
    assertThat(died).isEmpty();
  }

  @Test
  void theRegistryIsGoneAfterTheStop() throws Exception {
    DataDirectory data = new DataDirectory(temp);
    data.create();
    EmbeddedRegistry registry =
        new EmbeddedRegistry(distribution(), data, ports.registry(), f -> died.add(f.getMessage()));
    try {
      registry.start();
      long first = registry.pid();
      registry.close();
      assertThat(ProcessHandle.of(first).filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(died).isEmpty();
    } finally {
      registry.close();
    }
  }

  @Test
  void aMissingRegistryDistributionIsNamed() throws Exception {
    DataDirectory data = new DataDirectory(temp);
    data.create();
    try (EmbeddedRegistry registry =
        new EmbeddedRegistry(temp.resolve("missing"), data, ports.registry(), f -> {})) {
      assertThatThrownBy(registry::start)
          .isInstanceOf(PartFailure.class)
          .hasMessageContaining("missing does not exist; build the program first");
    }
  }

  private EmbeddedParts parts(DataDirectory data) {
    started.clear();
    return new EmbeddedParts(
        data,
        ports,
        distribution(),
        new PartListener() {
          @Override
          public void started(String part, Duration took, String address) {
            started.add(part);
          }

          @Override
          public void died(PartFailure failure) {
            died.add(failure.getMessage());
          }
        });
  }

  /** Where the build unpacked the registry, seen from the module's directory. */
  static Path distribution() {
    return Path.of(System.getProperty("tocsin.registry", "target/registry")).toAbsolutePath();
  }

  private void onlyLoopback(EmbeddedParts parts) throws Exception {
    List<String> ours = ListeningSockets.of(ProcessHandle.current().pid());
    List<String> registry = ListeningSockets.of(parts.registry().pid());
    assertThat(ours).hasSizeGreaterThanOrEqualTo(4).allMatch(ListeningSockets::isLoopback);
    assertThat(registry).isNotEmpty().allMatch(ListeningSockets::isLoopback);
    for (int port :
        List.of(
            ports.kafka(),
            ports.kafkaController(),
            ports.registry(),
            ports.questDbHttp(),
            ports.questDbPg())) {
      assertThat(List.of(ours, registry).toString()).contains(String.format(":%04X", port));
    }
  }

  private static String clusterId(EmbeddedParts parts) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", parts.kafka().address()))) {
      return admin.describeCluster().clusterId().get(20, TimeUnit.SECONDS);
    }
  }

  private static void createTopic(EmbeddedParts parts) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", parts.kafka().address()))) {
      admin.createTopics(Set.of(new NewTopic("t", 1, (short) 1))).all().get(20, TimeUnit.SECONDS);
    }
  }

  private static void produce(EmbeddedParts parts, String value) throws Exception {
    Map<String, Object> config = Map.of("bootstrap.servers", parts.kafka().address());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("t", value)).get(20, TimeUnit.SECONDS);
    }
  }

  private static List<String> consume(EmbeddedParts parts, int count) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", parts.kafka().address(),
            "group.id", "readers",
            "auto.offset.reset", "earliest");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition("t", 0);
      consumer.assign(Set.of(partition));
      Queue<String> values = new ConcurrentLinkedQueue<>();
      await()
          .atMost(Duration.ofSeconds(20))
          .pollInSameThread()
          .until(
              () -> {
                for (ConsumerRecord<String, String> r : consumer.poll(Duration.ofMillis(200))) {
                  values.add(r.value());
                }
                return values.size() >= count;
              });
      return List.copyOf(values);
    }
  }

  private static SchemaRegistryClient registry(EmbeddedParts parts) {
    return new CachedSchemaRegistryClient(parts.registry().address(), 10);
  }

  private static void writePoint(EmbeddedParts parts, String tag, int value) {
    OkHttpClient.Builder http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .header("Authorization", parts.questDb().authorization())
                            .build()));
    InfluxDBClientOptions options =
        InfluxDBClientOptions.builder()
            .url(parts.questDb().address())
            .okHttpClient(http)
            .org("-")
            .bucket("-")
            .build();
    try (InfluxDBClient client = InfluxDBClientFactory.create(options)) {
      client
          .getWriteApiBlocking()
          .writeRecord(WritePrecision.MS, "p,host=" + tag + " v=" + value + "i");
    }
  }

  private static long rows(EmbeddedParts parts) throws SQLException {
    try (Connection connection = login(parts, EmbeddedQuestDb.USER, parts.questDb().password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count() FROM p")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static Connection login(EmbeddedParts parts, String user, String password)
      throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    return DriverManager.getConnection(parts.questDb().jdbcUrl(), login);
  }

  private static void shippedPasswordsAreRefused(EmbeddedParts parts) throws Exception {
    for (String user : List.of("admin", "user", EmbeddedQuestDb.USER)) {
      assertThatThrownBy(() -> login(parts, user, "quest").close())
          .as("pg wire, %s/quest", user)
          .isInstanceOf(SQLException.class);
    }
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    String basic =
        Base64.getEncoder().encodeToString("admin:quest".getBytes(StandardCharsets.UTF_8));
    for (String path : List.of("/exec?query=SELECT%201", "/exp?query=SELECT%201", "/chk?j=p")) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(parts.questDb().address() + path))
              .timeout(Duration.ofSeconds(10));
      for (HttpRequest attempt :
          List.of(request.build(), request.header("Authorization", "Basic " + basic).build())) {
        int status = client.send(attempt, HttpResponse.BodyHandlers.discarding()).statusCode();
        assertThat(status).as("%s %s", path, attempt.headers().map()).isEqualTo(401);
      }
    }
    HttpRequest write =
        HttpRequest.newBuilder(URI.create(parts.questDb().address() + "/api/v2/write"))
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.ofString("p,host=thief v=1i\n"))
            .build();
    int status = client.send(write, HttpResponse.BodyHandlers.discarding()).statusCode();
    assertThat(status).as("write without a password").isEqualTo(401);
  }

  private static void passwordFileIsPrivate(DataDirectory data, EmbeddedParts parts)
      throws Exception {
    Path file = data.secrets().resolve("questdb");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file).strip()).isEqualTo(parts.questDb().password());
    Files.walkFileTree(
        data.root(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path other, BasicFileAttributes is) throws IOException {
            if (is.isRegularFile() && is.size() < 1_000_000 && !other.equals(file)) {
              assertThat(contents(other))
                  .as("%s", other)
                  .doesNotContain(parts.questDb().password());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path gone, IOException why) {
            return FileVisitResult.CONTINUE; // the parts are at work
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static String contents(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException gone) {
      return "";
    }
  }
}
