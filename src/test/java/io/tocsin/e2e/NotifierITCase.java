package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.alerting.notify.Notifier;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.e2e.Receiver.Hit;
import io.tocsin.e2e.Receiver.Reply;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The notifier at a real broker, with a receiver that fails in every way, and with a process that
 * is killed. For a long trial: {@code -Dtocsin.trial.kills=100}, and {@code -Dtocsin.trial.seed} to
 * repeat one.
 */
@Timeout(300)
class NotifierITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KILLS = Integer.getInteger("tocsin.trial.kills", 2);
  private static final long SEED = Long.getLong("tocsin.trial.seed", System.nanoTime());
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir static Path directory;
  private static TestCluster cluster;
  private static TopicWriter writer;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Receiver receiver;

  @BeforeAll
  static void startBroker() throws Exception {
    cluster = new TestCluster(directory.resolve("cluster"));
    new SchemaRegistration(cluster.address()).registerAll();
    new TopicCreation(cluster.address(), (short) 1).createMissing();
    writer = new TopicWriter(cluster.address(), "notifier-test");
  }

  @AfterAll
  static void stopBroker() {
    writer.close();
    cluster.close();
  }

  @BeforeEach
  void startReceiver() throws Exception {
    receiver = new Receiver();
  }

  @AfterEach
  void stopReceiver() {
    receiver.close();
  }

  @Test
  void whatAReceiverCannotTakeNowArrivesLaterInOrderAndHoldsUpNobodyElse() {
    AtomicInteger tries = new AtomicInteger();
    receiver.answers(
        hit ->
            !hit.channel().equals("sick")
                ? Reply.OK
                : switch (tries.getAndIncrement()) {
                  case 0 -> new Reply(500, null);
                  case 1 -> new Reply(Receiver.HANG, null);
                  case 2 -> new Reply(429, 2);
                  default -> Reply.OK;
                });
    NotificationConfig config =
        LoopbackSpec.config(
            List.of(
                LoopbackSpec.channel(receiver.port(), "well", null),
                LoopbackSpec.channel(receiver.port(), "sick", null)),
            LoopbackSpec.branch("to", "sick", "sick"));
    try (Notifier notifier = started(config)) {
      tell("s1", 1, NotificationKind.PAGE, Priority.P1, "sick");
      tell("s1", 2, NotificationKind.REMINDER, Priority.P1, "sick");
      await().atMost(PATIENCE).until(() -> tries.get() >= 2); // it hangs now
      tell("w1", 1, NotificationKind.PAGE, Priority.P1, "well");
      awaitTaken("well", "w1", "PAGE");
      assertThat(receiver.taken("sick", "s1")).isEmpty();
      awaitTaken("sick", "s1", "PAGE", "REMINDER");
      await().atMost(PATIENCE).until(() -> notifier.open() == 0);
      assertThat(counted("sick", "failed-temporary")).isEqualTo(3);
      assertThat(counted("sick", "sent")).isEqualTo(2);
    }
  }

  @Test
  void aResolveWhileTheReceiverAndTheNotifierAreDownArrivesAfterwards() {
    NotificationConfig config =
        LoopbackSpec.config(List.of(LoopbackSpec.channel(receiver.port(), "pager", null)));
    try (Notifier first = started(config)) {
      tell("d1", 1, NotificationKind.PAGE, Priority.P0, "");
      awaitTaken("pager", "d1", "PAGE");
      await().atMost(PATIENCE).until(() -> first.open() == 0);
    }
    receiver.answers(hit -> new Reply(503, null));
    tell("d1", 2, NotificationKind.RESOLVED, Priority.P0, "");
    tell("d2", 1, NotificationKind.PAGE, Priority.P0, "");
    tell("d2", 2, NotificationKind.RESOLVED, Priority.P0, "");
    try (Notifier second = started(config)) {
      await().atMost(PATIENCE).until(() -> receiver.hits().stream().anyMatch(this::isResolveOfD1));
      receiver.answers(hit -> Reply.OK);
      awaitTaken("pager", "d1", "PAGE", "RESOLVED");
      await().atMost(PATIENCE).until(() -> second.open() == 0);
      assertThat(receiver.hits()).noneMatch(hit -> hit.key().equals("d2"));
    }
  }

  private boolean isResolveOfD1(Hit hit) {
    return hit.key().equals("d1") && hit.kind().equals("RESOLVED");
  }

  @Test
  void aP0WhoseChannelIsDownGoesAnotherWay() {
    receiver.answers(hit -> hit.channel().equals("first") ? new Reply(500, null) : Reply.OK);
    NotificationConfig config =
        LoopbackSpec.config(
            List.of(
                LoopbackSpec.channel(receiver.port(), "first", "second"),
                LoopbackSpec.channel(receiver.port(), "second", null)));
    try (Notifier notifier = started(config)) {
      tell("f1", 1, NotificationKind.PAGE, Priority.P0, "");
      awaitTaken("second", "f1", "PAGE");
      assertThat(deliveries().values())
          .filteredOn(one -> one.getChannel().equals("second"))
          .extracting(Delivery::getFallbackFor)
          .containsExactly("first");
      tell("f1", 2, NotificationKind.RESOLVED, Priority.P0, "");
      awaitTaken("second", "f1", "PAGE", "RESOLVED");
      assertThat(notifier.isRunning()).isTrue();
    }
  }

  @Test
  void theNotifierThatStartsLastIsTheOnlyOneThatSends() {
    NotificationConfig config =
        LoopbackSpec.config(List.of(LoopbackSpec.channel(receiver.port(), "one", null)));
    try (Notifier first = started(config)) {
      tell("t1", 1, NotificationKind.PAGE, Priority.P1, "");
      awaitTaken("one", "t1", "PAGE");
      try (Notifier second = started(config)) {
        for (int i = 2; i < 12; i++) {
          tell("t" + i, 1, NotificationKind.PAGE, Priority.P1, "");
          awaitTaken("one", "t" + i, "PAGE");
        }
        await().atMost(PATIENCE).until(() -> !first.isRunning());
        assertThat(second.isRunning()).isTrue();
        await().atMost(PATIENCE).until(() -> second.open() == 0);
        Timer latency = meters.get("tocsin.notify.latency").tag("channel", "one").timer();
        System.out.printf(
            "from decision to accepted: mean %.0f ms, longest %.0f ms of %d%n",
            latency.mean(TimeUnit.MILLISECONDS),
            latency.max(TimeUnit.MILLISECONDS),
            latency.count());
      }
    }
  }

  @Test
  void whileTheBrokerIsAwayNothingIsLostOrRepeatedAndItCanBeClosed() throws Exception {
    receiver.answers(hit -> new Reply(503, null));
    NotificationConfig config =
        LoopbackSpec.config(List.of(LoopbackSpec.channel(receiver.port(), "far", null)));
    Notifier notifier = started(config);
    try {
      tell("b1", 1, NotificationKind.PAGE, Priority.P1, "");
      await().atMost(PATIENCE).until(() -> receiver.hits().size() >= 2);
      cluster.stopBroker();
      try {
        receiver.answers(hit -> Reply.OK);
        awaitTaken("far", "b1", "PAGE"); // what came of it cannot be written yet
        TimeUnit.SECONDS.sleep(3);
      } finally {
        cluster.startBroker();
      }
      tell("b1", 2, NotificationKind.RESOLVED, Priority.P1, "");
      tell("b2", 1, NotificationKind.PAGE, Priority.P1, "");
      awaitTaken("far", "b2", "PAGE");
      awaitTaken("far", "b1", "PAGE", "RESOLVED");
      await().atMost(PATIENCE).until(() -> notifier.open() == 0);
      cluster.stopBroker();
      try {
        long begun = System.nanoTime();
        notifier.close();
        assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(5));
      } finally {
        cluster.startBroker();
      }
    } finally {
      notifier.close();
    }
  }

  @Test
  void itIsClosedWithinASecondEvenWhileAReceiverHangs() {
    receiver.answers(hit -> new Reply(Receiver.HANG, null));
    NotificationConfig config =
        LoopbackSpec.config(List.of(LoopbackSpec.channel(receiver.port(), "hangs", null)));
    Notifier notifier = started(config);
    tell("h1", 1, NotificationKind.PAGE, Priority.P1, "");
    await().atMost(PATIENCE).until(() -> !receiver.hits().isEmpty());
    long begun = System.nanoTime();
    notifier.close();
    System.out.printf(
        "closed in %d ms%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(5));
  }

  @Test
  void aNotifierThatIsKilledBetweenSendingAndWritingRepeatsOneMessageAndLosesNone()
      throws Exception {
    System.out.printf("kill trial of the notifier: %d kills, seed %d%n", KILLS, SEED);
    Random chance = new Random(SEED);
    AtomicReference<Process> victim = new AtomicReference<>();
    AtomicInteger killAfter = new AtomicInteger(-1);
    Map<String, Integer> killedAt = new HashMap<>();
    receiver.answers(
        hit -> {
          if (killAfter.getAndDecrement() == 0) {
            // It has the message, and whoever sent it will never know.
            victim.get().destroyForcibly();
            killedAt.merge(hit.notification(), 1, Integer::sum);
          }
          return Reply.OK;
        });
    List<String> told = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      killAfter.set(chance.nextInt(8));
      victim.set(child("killed"));
      try {
        for (int i = 0; i < 10; i++) {
          String incident = "k" + kill + "-" + i;
          told.add(incident);
          tell(incident, 1, NotificationKind.PAGE, Priority.P1, "");
          tell(incident, 2, NotificationKind.RAISED, Priority.P1, "");
        }
        assertThat(victim.get().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } finally {
        victim.get().destroyForcibly();
      }
    }
    told.forEach(incident -> tell(incident, 3, NotificationKind.RESOLVED, Priority.P1, ""));
    victim.set(child("killed"));
    try {
      told.forEach(incident -> awaitEnd("killed", incident));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(deliveries().values())
                      .filteredOn(one -> one.getChannel().equals("killed"))
                      .allMatch(NotifierITCase::isOver));
    } finally {
      victim.get().destroyForcibly();
    }
    check(told, killedAt);
  }

  private void check(List<String> told, Map<String, Integer> killedAt) {
    Map<String, Long> times =
        receiver.hits().stream()
            .collect(Collectors.groupingBy(Hit::notification, Collectors.counting()));
    long repeated = times.values().stream().mapToLong(count -> count - 1).sum();
    System.out.printf("%d messages, %d repeated in %d kills%n", times.size(), repeated, KILLS);
    times.forEach(
        (id, count) ->
            assertThat(count)
                .as("seed %d: %s", SEED, id)
                .isLessThanOrEqualTo(1 + killedAt.getOrDefault(id, 0)));
    for (String incident : told) {
      List<String> kinds = receiver.taken("killed", incident);
      assertThat(IntStream.range(0, kinds.size()).boxed())
          .as("seed %d: %s was told %s", SEED, incident, kinds)
          .isSortedAccordingTo(
              (one, other) ->
                  NotificationKind.valueOf(kinds.get(one))
                      .compareTo(NotificationKind.valueOf(kinds.get(other))));
      assertThat(kinds).as("seed %d: %s", SEED, incident).endsWith("RESOLVED");
    }
  }

  private static boolean isOver(Delivery delivery) {
    return delivery.getState() == DeliveryState.SENT
        || delivery.getState() == DeliveryState.SUPERSEDED;
  }

  private Process child(String channel) throws Exception {
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

  private Notifier started(NotificationConfig config) {
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

  private void awaitTaken(String channel, String incident, String... kinds) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(receiver.taken(channel, incident)).containsExactly(kinds));
  }

  private void awaitEnd(String channel, String incident) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(receiver.taken(channel, incident)).endsWith("RESOLVED"));
  }

  private double counted(String channel, String state) {
    return meters.counter("tocsin.notify.deliveries", "channel", channel, "state", state).count();
  }

  private static void tell(
      String incident, int version, NotificationKind kind, Priority priority, String to) {
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

  private static Map<String, Delivery> deliveries() {
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
}
