package io.tocsin.security;

import io.tocsin.embedded.Ports;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.ClusterSecurity;
import io.tocsin.tls.TestAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real broker that asks everybody who he is: accounts by SCRAM-SHA-512 over TLS on one listener,
 * certificates on another, nothing in plain text, Kafka's own authorizer, and nothing allowed that
 * no rule allows. It believes one authority; {@code admin} may do everything.
 */
public final class SecuredBroker implements AutoCloseable {

  private static final String ADMIN = "admin";
  private static final String ADMIN_PASSWORD = "admin-" + Uuid.randomUuid();

  private final Path directory;
  private final TestAuthority authority;
  private final KafkaRaftServer server;
  private final int accounts;
  private final int certificates;
  private final String registry;

  /**
   * Starts it.
   *
   * @param directory of the test; data and certificates are put there
   * @param authority that it believes and is believed by
   * @param registry base URL of the registry that goes with it
   */
  public SecuredBroker(Path directory, TestAuthority authority, String registry) throws Exception {
    this.directory = directory;
    this.registry = registry;
    this.authority = authority;
    List<Integer> ports = Ports.free(3);
    accounts = ports.get(0);
    certificates = ports.get(1);
    Path data = Files.createDirectories(directory.resolve("kafka"));
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .setControllerListenerName("CONTROLLER")
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setScramArguments(
            List.of("SCRAM-SHA-512=[name=" + ADMIN + ",password=" + ADMIN_PASSWORD + "]"))
        .addDirectory(data.toString())
        .setMetadataLogDirectory(data.toString())
        .run();
    server = new KafkaRaftServer(new KafkaConfig(settings(data, ports.get(2)), false), Time.SYSTEM);
    server.startup();
  }

  private Map<String, String> settings(Path data, int controller) {
    TestAuthority.Issued own = authority.localServer("broker");
    String host = Ports.LOOPBACK + ":";
    Map<String, String> s = new HashMap<>();
    s.put("process.roles", "broker,controller");
    s.put("node.id", "1");
    s.put("controller.quorum.voters", "1@" + host + controller);
    s.put("controller.listener.names", "CONTROLLER");
    String listeners = "ACCOUNTS://" + host + accounts + ",CERTIFICATES://" + host + certificates;
    s.put("listeners", listeners + ",CONTROLLER://" + host + controller);
    s.put("advertised.listeners", listeners);
    s.put("listener.security.protocol.map", "ACCOUNTS:SASL_SSL,CERTIFICATES:SSL,CONTROLLER:SSL");
    s.put("inter.broker.listener.name", "CERTIFICATES");
    s.put("log.dirs", data.toString());
    s.put("auto.create.topics.enable", "false");

    s.put("ssl.keystore.type", "PEM");
    s.put("ssl.keystore.location", own.both().toString());
    s.put("ssl.truststore.type", "PEM");
    s.put("ssl.truststore.location", authority.ca().toString());
    s.put("listener.name.certificates.ssl.client.auth", "required");
    s.put("listener.name.controller.ssl.client.auth", "required");
    s.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    s.put(
        "listener.name.accounts.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    s.put("authorizer.class.name", WatchedAuthorizer.class.getName());
    s.put("super.users", "User:CN=broker;User:" + ADMIN);
    s.put("allow.everyone.if.no.acl.found", "false");

    for (String copies :
        List.of(
            "default.replication.factor",
            "min.insync.replicas",
            "offsets.topic.replication.factor",
            "transaction.state.log.replication.factor",
            "transaction.state.log.min.isr",
            "share.coordinator.state.topic.replication.factor",
            "share.coordinator.state.topic.min.isr")) {
      s.put(copies, "1");
    }
    s.put("offsets.topic.num.partitions", "2");
    s.put("transaction.state.log.num.partitions", "2");
    s.put("group.initial.rebalance.delay.ms", "0");
    s.put("log.cleaner.dedupe.buffer.size", "4194304");
    s.put("log.index.size.max.bytes", "1048576");
    return s;
  }

  /** The authority that it believes and is believed by. */
  public TestAuthority authority() {
    return authority;
  }

  /** As whoever may do everything. */
  public Cluster admin() throws IOException {
    return account(ADMIN, ADMIN_PASSWORD);
  }

  /** As an account, with a password that is right or wrong. */
  public Cluster account(String user, String password) throws IOException {
    Path file = Files.createTempFile(directory, "password-", null);
    return account(user, Files.writeString(file, password));
  }

  /** As an account whose password is in a file. */
  public Cluster account(String user, Path password) {
    return new Cluster(
        Ports.LOOPBACK + ":" + accounts,
        registry,
        new ClusterSecurity(
            authority.ca().toString(), null, null, user, SecretRef.in(password), null));
  }

  /** With a certificate, good or bad. */
  public Cluster certificate(TestAuthority.Issued issued) {
    return new Cluster(
        Ports.LOOPBACK + ":" + certificates,
        registry,
        new ClusterSecurity(
            authority.ca().toString(),
            issued.certificate().toString(),
            SecretRef.in(issued.key()),
            null,
            null,
            null));
  }

  /** Without a word of who one is, and without TLS. */
  public Cluster plainText() {
    return new Cluster(Ports.LOOPBACK + ":" + accounts, registry);
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
