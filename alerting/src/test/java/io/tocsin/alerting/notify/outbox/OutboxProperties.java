package io.tocsin.alerting.notify.outbox;

import static io.tocsin.alerting.notify.Notes.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.notify.Notes;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.route.Target;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * What holds for any story of incidents, receivers that fail, and a process that dies between
 * deciding and writing, or between sending and writing.
 */
class OutboxProperties {

  private static final List<String> CHANNELS = List.of("chat", "pager");
  private static final int INCIDENTS = 6;

  /** A world with a log that survives and a process that does not. */
  private static final class World {

    final Random chance;
    final NotificationConfig config =
        new NotificationConfig(
            null,
            List.of(channel("chat", null), channel("pager", "chat")),
            null,
            null,
            null,
            null,
            null);
    final List<Delivery> log = new ArrayList<>();
    final List<Delivery> arrived = new ArrayList<>();
    final Map<String, Integer> crashesDuring = new HashMap<>();
    final List<Notification> told = new ArrayList<>();
    int committed;
    Outbox outbox = new Outbox(config);
    Instant now = T0;

    World(long seed) {
      chance = new Random(seed);
    }

    private static ChannelConfig channel(String name, String fallback) {
      return new ChannelConfig(
          name,
          new Notes.NoSpec(),
          new ChannelConfig.Budget(5, Duration.ofMinutes(10)),
          fallback,
          null,
          null,
          null,
          null);
    }

    void restart() {
      Map<String, Delivery> newest = new LinkedHashMap<>();
      log.forEach(record -> newest.put(record.getId(), record));
      outbox = new Outbox(config);
      outbox.restore(List.copyOf(newest.values()));
    }

    /** Reads what has not been dealt with; dies before writing if told to. */
    void read(boolean dies) {
      List<Delivery> records = new ArrayList<>();
      for (Notification one : told.subList(committed, told.size())) {
        List<Target> targets =
            one.getPriority() == Priority.P0
                ? List.of(to("chat", 0), to("pager", 0))
                : List.of(to("chat", one.getIncidentVersion() % 2 * 30));
        if (outbox.accept(one, targets, now) instanceof Acceptance.Taken taken) {
          records.addAll(taken.records());
        }
      }
      if (dies) {
        restart();
      } else {
        log.addAll(records);
        committed = told.size();
      }
    }

    private static Target to(String channel, int groupWait) {
      return new Target(channel, Duration.ofSeconds(groupWait), List.of());
    }

    void review() {
      log.addAll(outbox.review(now));
    }

    void send(String channel, int what) {
      Optional<Delivery> next = outbox.next(channel, now);
      if (next.isEmpty()) {
        return;
      }
      Delivery delivery = next.get();
      boolean arrives = what % 4 != 0;
      if (arrives) {
        arrived.add(delivery);
      }
      if (what == 9) {
        crashesDuring.merge(delivery.getId(), 1, Integer::sum);
        restart();
        return;
      }
      log.add(
          outbox.answered(
              delivery,
              arrives
                  ? new SendAnswer.Accepted(null)
                  : new SendAnswer.TryAgain(
                      "500", what == 4 ? Duration.ofSeconds(chance.nextInt(900)) : null),
              now));
    }
  }

  @Property(tries = 200)
  void nothingIsLostNothingIsOutOfOrderAndADeathCostsOneRepetition(@ForAll long seed) {
    World world = new World(seed);
    Map<Integer, Integer> versions = new HashMap<>();
    Set<Integer> open = new HashSet<>();
    int steps = 20 + world.chance.nextInt(150);
    for (int step = 0; step < steps; step++) {
      int what = world.chance.nextInt(10);
      if (what < 3) {
        happen(world, world.chance.nextInt(INCIDENTS), versions, open);
      } else if (what == 3) {
        world.now = world.now.plusMillis(world.chance.nextInt(400_000));
      } else if (what == 4) {
        world.read(world.chance.nextInt(5) == 0);
      } else if (what == 5 && world.chance.nextInt(4) == 0) {
        world.restart();
      } else {
        world.review();
        world.send(CHANNELS.get(world.chance.nextInt(2)), world.chance.nextInt(10));
      }
      world.now = world.now.plusMillis(world.chance.nextInt(500));
    }
    quietly(world);
    check(world, seed);
  }

  /** Sent as the process died, then overtaken by a P0 that nobody was told, then over. */
  @Example
  void whatMayHaveArrivedAndWasOvertakenHasItsEnd() {
    nothingIsLostNothingIsOutOfOrderAndADeathCostsOneRepetition(204);
  }

  private static void happen(
      World world, int incident, Map<Integer, Integer> versions, Set<Integer> open) {
    int version = versions.merge(incident, 1, Integer::sum);
    NotificationKind kind = NotificationKind.PAGE;
    if (!open.add(incident)) {
      kind = world.chance.nextBoolean() ? NotificationKind.RESOLVED : NotificationKind.REMINDER;
    }
    if (kind == NotificationKind.RESOLVED) {
      open.remove(incident);
    }
    Priority priority = world.chance.nextInt(3) == 0 ? Priority.P0 : Priority.P2;
    Notification note = Notes.note("i" + incident, version, kind, priority);
    note.setAt(world.now);
    world.told.add(note);
  }

  /** Everything works again for long enough. */
  private static void quietly(World world) {
    for (int i = 0; i < 400; i++) {
      world.read(false);
      world.review();
      for (int n = 0; n < 30; n++) {
        CHANNELS.forEach(channel -> world.send(channel, 1));
      }
      world.now = world.now.plusSeconds(60);
    }
  }

  private static void check(World world, long seed) {
    assertThat(world.outbox.all()).as("seed %d", seed).allMatch(one -> !Records.isOpen(one));
    Map<String, Integer> times = new HashMap<>();
    world.arrived.forEach(one -> times.merge(one.getId(), 1, Integer::sum));
    times.forEach(
        (id, count) ->
            assertThat(count)
                .as("seed %d: %s", seed, id)
                .isLessThanOrEqualTo(1 + world.crashesDuring.getOrDefault(id, 0)));
    assertThat(world.arrived)
        .as("seed %d", seed)
        .allMatch(one -> one.getDedupKey().equals(one.getNotification().getIncidentId()));
    nothingLost(world, seed);
    for (String channel : CHANNELS) {
      for (int i = 0; i < INCIDENTS; i++) {
        inOrderAndEnded(world, channel, "i" + i, seed);
      }
    }
    theSameAfterARestart(world, seed);
  }

  private static void nothingLost(World world, long seed) {
    Map<String, DeliveryState> onChat =
        world.outbox.all().stream()
            .filter(one -> one.getChannel().equals("chat"))
            .collect(Collectors.toMap(one -> one.getNotification().getId(), Delivery::getState));
    for (Notification one : world.told) {
      if (one.getKind() != NotificationKind.RESOLVED) {
        assertThat(onChat.get(one.getId()))
            .as("seed %d: %s", seed, one.getId())
            .isIn(DeliveryState.SENT, DeliveryState.DIGESTED, DeliveryState.SUPERSEDED);
      }
    }
  }

  private static void inOrderAndEnded(World world, String channel, String incident, long seed) {
    List<Integer> versions =
        world.arrived.stream()
            .filter(one -> one.getChannel().equals(channel))
            .map(Delivery::getNotification)
            .filter(one -> one.getIncidentId().equals(incident))
            .map(Notification::getIncidentVersion)
            .toList();
    assertThat(versions).as("seed %d: %s at %s", seed, incident, channel).isSorted();
    List<Notification> all =
        world.told.stream().filter(one -> one.getIncidentId().equals(incident)).toList();
    if (all.isEmpty() || versions.isEmpty()) {
      return;
    }
    Notification last = all.get(all.size() - 1);
    if (last.getKind() != NotificationKind.RESOLVED) {
      return;
    }
    // Whatever arrived of the last course, its end did; alone, or as a part of a digest.
    int begun =
        all.stream()
            .filter(one -> one.getKind() == NotificationKind.RESOLVED)
            .mapToInt(Notification::getIncidentVersion)
            .filter(version -> version < last.getIncidentVersion())
            .max()
            .orElse(0);
    boolean told = versions.stream().anyMatch(version -> version > begun);
    if (told) {
      DeliveryState end =
          world.outbox.all().stream()
              .filter(one -> one.getChannel().equals(channel))
              .filter(one -> one.getNotification().getId().equals(last.getId()))
              .map(Delivery::getState)
              .findFirst()
              .orElse(null);
      assertThat(end)
          .as("seed %d: the end of %s at %s", seed, incident, channel)
          .isIn(DeliveryState.SENT, DeliveryState.DIGESTED);
    }
  }

  private static void theSameAfterARestart(World world, long seed) {
    Set<Delivery> before = Set.copyOf(world.outbox.all());
    world.restart();
    assertThat(Set.copyOf(world.outbox.all())).as("seed %d", seed).isEqualTo(before);
  }
}
