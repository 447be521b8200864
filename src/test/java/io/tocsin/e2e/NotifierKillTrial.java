package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.e2e.Receiver.Hit;
import io.tocsin.e2e.Receiver.Reply;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Kills a notifier between sending and writing. For a long trial: {@code -Dtocsin.trial.kills=100},
 * and {@code -Dtocsin.trial.seed} to repeat one.
 */
final class NotifierKillTrial {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KILLS = Integer.getInteger("tocsin.trial.kills", 2);
  private static final long SEED = Long.getLong("tocsin.trial.seed", System.nanoTime());

  private final NotifierBroker broker;
  private final Receiver receiver;

  NotifierKillTrial(NotifierBroker broker, Receiver receiver) {
    this.broker = broker;
    this.receiver = receiver;
  }

  /** Kills it, again and again, and looks at what arrived. */
  void run() throws Exception {
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
      victim.set(broker.child(receiver, "killed"));
      try {
        for (int i = 0; i < 10; i++) {
          String incident = "k" + kill + "-" + i;
          told.add(incident);
          broker.tell(incident, 1, NotificationKind.PAGE, Priority.P1, "");
          broker.tell(incident, 2, NotificationKind.RAISED, Priority.P1, "");
        }
        assertThat(victim.get().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } finally {
        victim.get().destroyForcibly();
      }
    }
    told.forEach(incident -> broker.tell(incident, 3, NotificationKind.RESOLVED, Priority.P1, ""));
    victim.set(broker.child(receiver, "killed"));
    try {
      told.forEach(incident -> awaitEnd("killed", incident));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(broker.deliveries().values())
                      .filteredOn(one -> one.getChannel().equals("killed"))
                      .allMatch(NotifierKillTrial::isOver));
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

  private void awaitEnd(String channel, String incident) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(receiver.taken(channel, incident)).endsWith("RESOLVED"));
  }
}
