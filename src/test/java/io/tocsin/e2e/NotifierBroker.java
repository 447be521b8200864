package io.tocsin.e2e;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.alerting.notify.Notifier;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.exchange.TopicCreation;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.topic.Topics;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A real broker with its topics, and notifiers at it. */
final class NotifierBroker implements AutoCloseable {

  private static final Clock CLOCK = Clock.systemUTC();

  private final Path directory;
  private final TestCluster cluster;
  private final TopicWriter writer;

  NotifierBroker(Path directory) throws Exception {
    this.directory = directory;
    this.cluster = new TestCluster(directory.resolve("cluster"));
    new SchemaRegistration(cluster.address()).registerAll();
    new TopicCreation(cluster.address(), (short) 1).createMissing();
    this.writer = new TopicWriter(cluster.address(), "notifier-test");
  }

  TestCluster cluster() {
    return cluster;
  }

  /** A notifier of this process. */
  Notifier started(NotificationConfig config, MeterRegistry meters) {
    Notifier notifier =
        new Notifier(
            cluster.address(),
            config,
            call -> {
              throw new IllegalStateException("the channels of this test do not use it");
            },
            CLOCK,
            meters);
    notifier.start();
    return notifier;
  }

  /** A notifier of a process of its own, with one channel to a receiver. */
  Process child(Receiver receiver, String channel) throws Exception {
    File output = directory.resolve("notifier-" + System.nanoTime() + ".out").toFile();
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.tocsin.schemas",
            "-cp",
            System.getProperty("java.class.path"),
            NotifierMain.class.getName(),
            cluster.address().bootstrapServers(),
            cluster.address().registryUrl(),
            Integer.toString(receiver.port()),
            channel)
        .redirectErrorStream(true)
        .redirectOutput(output)
        .start();
  }

  /** Tells of an incident, as the incident book does. */
  void tell(String incident, int version, NotificationKind kind, Priority priority, String to) {
    Instant now = CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
    boolean over = kind == NotificationKind.RESOLVED;
    writer.send(
        Topics.INCIDENTS,
        Incident.newBuilder()
            .setId(incident)
            .setRule("test")
            .setResourceId("endpoint/" + incident)
            .setState(over ? IncidentState.RESOLVED : IncidentState.OPEN)
            .setPriority(priority)
            .setPriorityReason("a test says so")
            .setSummary(incident + " is in trouble")
            .setStartedAt(now)
            .setOpenedAt(now)
            .setUpdatedAt(now)
            .setDueAt(now)
            .setVersion(version)
            .build());
    writer
        .send(
            Topics.NOTIFICATIONS,
            Notification.newBuilder()
                .setId(incident + "/" + version)
                .setIncidentId(incident)
                .setIncidentVersion(version)
                .setKind(kind)
                .setPriority(priority)
                .setAt(now)
                .setEventAt(now)
                .setSummary(incident + " is in trouble")
                .setReason("a test says so")
                .setLabels(Map.of("to", to))
                .build())
        .join();
  }

  /** The newest word on each delivery. */
  Map<String, Delivery> deliveries() {
    Map<String, Delivery> newest = new HashMap<>();
    try (TopicReader reader =
        TopicReader.fromBeginning(
            cluster.address(), "notifier-test", CLOCK, Set.of(Topics.DELIVERIES))) {
      do {
        reader
            .poll(Duration.ofMillis(200))
            .forEach(
                received ->
                    received
                        .as(Topics.DELIVERIES)
                        .ifPresent(delivery -> newest.put(delivery.getId(), delivery)));
      } while (reader.lag() > 0);
    }
    return newest;
  }

  @Override
  public void close() {
    writer.close();
    cluster.close();
  }
}
