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
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The notifier at a real broker, with a receiver that fails in every way. */
@Timeout(300)
class NotifierITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A second, and what a busy machine adds; who waits for a receiver that hangs needs ten. */
  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(8);

  @TempDir static Path directory;
  private static NotifierBroker broker;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Receiver receiver;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new NotifierBroker(directory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
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
    try (Notifier notifier = broker.started(config, meters)) {
      broker.tell("s1", 1, NotificationKind.PAGE, Priority.P1, "sick");
      broker.tell("s1", 2, NotificationKind.REMINDER, Priority.P1, "sick");
      await().atMost(PATIENCE).until(() -> tries.get() >= 2); // it hangs now
      broker.tell("w1", 1, NotificationKind.PAGE, Priority.P1, "well");
      awaitTaken("well", "w1", "PAGE");
      assertThat(receiver.taken("sick", "s1")).isEmpty();
      awaitTaken("sick", "s1", "PAGE", "REMINDER");
      await().atMost(PATIENCE).until(() -> notifier.open() == 0);
      await().untilAsserted(() -> assertThat(counted("sick", "sent")).isEqualTo(2));
      assertThat(counted("sick", "failed-temporary")).isEqualTo(3);
    }
  }

  @Test
  void aResolveWhileTheReceiverAndTheNotifierAreDownArrivesAfterwards() {
    NotificationConfig config =
        LoopbackSpec.config(List.of(LoopbackSpec.channel(receiver.port(), "pager", null)));
    try (Notifier first = broker.started(config, meters)) {
      broker.tell("d1", 1, NotificationKind.PAGE, Priority.P0, "");
      awaitTaken("pager", "d1", "PAGE");
      await().atMost(PATIENCE).until(() -> first.open() == 0);
    }
    receiver.answers(hit -> new Reply(503, null));
    broker.tell("d1", 2, NotificationKind.RESOLVED, Priority.P0, "");
    broker.tell("d2", 1, NotificationKind.PAGE, Priority.P0, "");
    broker.tell("d2", 2, NotificationKind.RESOLVED, Priority.P0, "");
    try (Notifier second = broker.started(config, meters)) {
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
    try (Notifier notifier = broker.started(config, meters)) {
      broker.tell("f1", 1, NotificationKind.PAGE, Priority.P0, "");
      awaitTaken("second", "f1", "PAGE");
      assertThat(broker.deliveries().values())
          .filteredOn(one -> one.getChannel().equals("second"))
          .extracting(Delivery::getFallbackFor)
          .containsExactly("first");
      broker.tell("f1", 2, NotificationKind.RESOLVED, Priority.P0, "");
      awaitTaken("second", "f1", "PAGE", "RESOLVED");
      assertThat(notifier.isRunning()).isTrue();
    }
  }

  @Test
  void theNotifierThatStartsLastIsTheOnlyOneThatSends() {
    NotificationConfig config =
        LoopbackSpec.config(List.of(LoopbackSpec.channel(receiver.port(), "one", null)));
    try (Notifier first = broker.started(config, meters)) {
      broker.tell("t1", 1, NotificationKind.PAGE, Priority.P1, "");
      awaitTaken("one", "t1", "PAGE");
      try (Notifier second = broker.started(config, meters)) {
        for (int i = 2; i < 12; i++) {
          broker.tell("t" + i, 1, NotificationKind.PAGE, Priority.P1, "");
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
    Notifier notifier = broker.started(config, meters);
    try {
      broker.tell("b1", 1, NotificationKind.PAGE, Priority.P1, "");
      await().atMost(PATIENCE).until(() -> receiver.hits().size() >= 2);
      broker.cluster().stopBroker();
      try {
        receiver.answers(hit -> Reply.OK);
        awaitTaken("far", "b1", "PAGE"); // what came of it cannot be written yet
        TimeUnit.SECONDS.sleep(3);
      } finally {
        broker.cluster().startBroker();
      }
      broker.tell("b1", 2, NotificationKind.RESOLVED, Priority.P1, "");
      broker.tell("b2", 1, NotificationKind.PAGE, Priority.P1, "");
      awaitTaken("far", "b2", "PAGE");
      awaitTaken("far", "b1", "PAGE", "RESOLVED");
      await().atMost(PATIENCE).until(() -> notifier.open() == 0);
      broker.cluster().stopBroker();
      try {
        long begun = System.nanoTime();
        notifier.close();
        assertThat(System.nanoTime() - begun).isLessThan(CLOSED_WITHIN.toNanos());
      } finally {
        broker.cluster().startBroker();
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
    Notifier notifier = broker.started(config, meters);
    broker.tell("h1", 1, NotificationKind.PAGE, Priority.P1, "");
    await().atMost(PATIENCE).until(() -> !receiver.hits().isEmpty());
    long begun = System.nanoTime();
    notifier.close();
    System.out.printf(
        "closed in %d ms%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    assertThat(System.nanoTime() - begun).isLessThan(CLOSED_WITHIN.toNanos());
  }

  @Test
  void aNotifierThatIsKilledBetweenSendingAndWritingRepeatsOneMessageAndLosesNone()
      throws Exception {
    new NotifierKillTrial(broker, receiver).run();
  }

  private void awaitTaken(String channel, String incident, String... kinds) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(receiver.taken(channel, incident)).containsExactly(kinds));
  }

  private double counted(String channel, String state) {
    return meters.counter("tocsin.notify.deliveries", "channel", channel, "state", state).count();
  }
}
