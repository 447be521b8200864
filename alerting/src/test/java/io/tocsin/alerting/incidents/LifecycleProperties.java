package io.tocsin.alerting.incidents;

import static io.tocsin.alerting.incidents.Watch.alert;
import static io.tocsin.alerting.incidents.Watch.at;
import static io.tocsin.alerting.incidents.Watch.down;
import static io.tocsin.alerting.incidents.Watch.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Matcher;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Silence;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Long histories of everything that can happen, in any order; {@link Watch} checks each version.
 */
class LifecycleProperties {

  private static final Settings AT_ONCE =
      new Settings(
          Promises.DEFAULT,
          Duration.ofMinutes(10),
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          3,
          Duration.ZERO,
          Duration.ofHours(24),
          3,
          5,
          Duration.ZERO,
          Duration.ofMinutes(15));

  private static final HealPolicies HEALS =
      (action, resource, service) -> Optional.of(HealPolicy.DEFAULT);

  /** How a history is made: which things may happen in it. */
  record Mode(boolean clears, boolean restarts) {}

  @Property(tries = 300)
  void whatPeopleWerePagedForIsToldToBeOverExactlyOnce(@ForAll long seed) {
    Watch watch = run(seed, new Mode(true, false));
    Map<String, Boolean> told = new HashMap<>();
    for (Notification one : watch.told()) {
      boolean open = told.getOrDefault(one.getIncidentId(), false);
      if (one.getKind() == NotificationKind.PAGE) {
        assertThat(open).as("paged once an episode").isFalse();
        told.put(one.getIncidentId(), true);
      } else if (one.getKind() == NotificationKind.RESOLVED) {
        assertThat(open).as("only what was paged is told to be over").isTrue();
        told.put(one.getIncidentId(), false);
      }
    }
    for (Incident incident : watch.incidents().values()) {
      if (incident.getState() == IncidentState.RESOLVED && incident.getMergedInto() == null) {
        assertThat(told.getOrDefault(incident.getId(), false)).isFalse();
      }
    }
  }

  @Property(tries = 300)
  void notificationsHaveDifferentIds(@ForAll long seed) {
    Map<String, Notification> known = new HashMap<>();
    for (Notification one : run(seed, new Mode(true, false)).notifications()) {
      assertThat(known.put(one.getId(), one)).as(one.toString()).isNull();
    }
  }

  @Property(tries = 200)
  void withoutAClearedAlertOrAPersonNothingIsResolved(@ForAll long seed) {
    assertThat(run(seed, new Mode(false, false)).incidents().values())
        .allMatch(
            incident ->
                incident.getState() != IncidentState.RESOLVED || incident.getMergedInto() != null);
  }

  @Property(tries = 200)
  void restartsAtAnyMomentChangeNothing(@ForAll long seed) {
    Watch without = run(seed, new Mode(true, false));
    Watch with = run(seed, new Mode(true, true));
    assertThat(with.events()).isEqualTo(without.events());
    assertThat(with.incidents()).isEqualTo(without.incidents());
    assertThat(with.notifications()).isEqualTo(without.notifications());
    assertThat(with.plans()).isEqualTo(without.plans());
  }

  @Property(tries = 300)
  void whatFiresIsInOneOpenIncidentAndWhatIsOverIsClosed(@ForAll long seed) {
    Watch watch = run(seed, new Mode(true, false));
    Map<String, Case> cases = new HashMap<>();
    watch.book().cases().forEach(known -> cases.put(known.id(), known));
    for (Member member : watch.book().members()) {
      if (member.alert().getState() == AlertState.FIRING) {
        Case known = cases.get(member.incidentId());
        assertThat(known).isNotNull();
        assertThat(known.isOpen() || known.byHand()).isTrue();
      }
    }
    for (Case known : cases.values()) {
      boolean over =
          watch.book().members().stream()
              .filter(member -> known.id().equals(member.incidentId()))
              .allMatch(Member::isCleared);
      boolean healing = known.heal() != null && known.heal().deadline() != null;
      assertThat(known.isOpen() && over && !healing).as(known.toString()).isFalse();
    }
  }

  private static Watch run(long seed, Mode mode) {
    Random random = new Random(seed);
    Watch watch = new Watch(Shelf.inMemory(), AT_ONCE, HEALS);
    for (int i = 0; i < 6; i++) {
      String parent = i < 4 ? "host/h" + i % 2 : null;
      Tier tier = i % 3 == 0 ? Tier.CORE : Tier.NON_CORE;
      String[] needs = i == 5 ? new String[] {"s0"} : new String[0];
      watch.resource(resource("container/c" + i, parent, "s" + i % 3, tier, needs));
    }
    List<Alert> episodes = new ArrayList<>();
    double second = 0;
    for (int step = 0; step < 60; step++) {
      second += random.nextInt(4) == 0 ? random.nextInt(4_000) : random.nextInt(40);
      watch.until(second);
      if (mode.restarts()) {
        watch.restart();
      }
      happen(watch, random, episodes, second, mode);
    }
    return watch.until(second + 5 * 3_600);
  }

  private static void happen(
      Watch watch, Random random, List<Alert> episodes, double second, Mode mode) {
    int what = random.nextInt(20);
    if (what < 7 || episodes.isEmpty()) {
      String id =
          random.nextInt(5) == 0 ? "host/h" + random.nextInt(2) : "container/c" + random.nextInt(6);
      Alert.Builder fresh =
          random.nextBoolean() ? down(id, second) : alert("errors", "application", id, second);
      fresh.setHeal(random.nextInt(3) == 0 ? List.of("restart") : List.of());
      boolean running =
          episodes.removeIf(
              old ->
                  old.getRule().equals(fresh.getRule())
                      && old.getResourceId().equals(fresh.getResourceId())
                      && !mode.clears());
      if (!running) {
        closeOlder(watch, episodes, fresh, mode);
        episodes.add(fresh.build());
        watch.alert(fresh);
      }
    } else if (what < 14) {
      Alert episode = episodes.get(random.nextInt(episodes.size()));
      AlertState state =
          List.of(
                  AlertState.FIRING,
                  AlertState.UNKNOWN,
                  AlertState.FLAPPING,
                  AlertState.CLEARED,
                  AlertState.CLEARED)
              .get(random.nextInt(5));
      if (state == AlertState.CLEARED) {
        if (mode.clears()) {
          episodes.remove(episode);
          boolean retracted = random.nextInt(4) == 0;
          watch.alert(
              Alert.newBuilder(episode)
                  .setEvidence(retracted ? List.of("retracted: late evidence") : List.of()),
              state);
        }
      } else {
        watch.alert(Alert.newBuilder(episode), state);
      }
    } else if (what < 16 && !watch.plans().isEmpty()) {
      HealOutcome outcome = HealOutcome.values()[random.nextInt(HealOutcome.values().length)];
      watch.result(watch.plans().get(random.nextInt(watch.plans().size())), outcome);
    } else if (!watch.incidents().isEmpty()) {
      ask(watch, random, second, mode);
    }
  }

  private static void closeOlder(
      Watch watch, List<Alert> episodes, Alert.Builder fresh, Mode mode) {
    List<Alert> older =
        episodes.stream()
            .filter(old -> old.getRule().equals(fresh.getRule()))
            .filter(old -> old.getResourceId().equals(fresh.getResourceId()))
            .toList();
    if (mode.clears()) {
      older.forEach(old -> watch.alert(Alert.newBuilder(old), AlertState.CLEARED));
    }
    episodes.removeAll(older);
  }

  private static void ask(Watch watch, Random random, double second, Mode mode) {
    List<String> ids = List.copyOf(watch.incidents().keySet());
    String id = ids.get(random.nextInt(ids.size()));
    switch (random.nextInt(mode.clears() ? 6 : 5)) {
      case 0 ->
          watch.command(
              CommandKind.ACKNOWLEDGE,
              id,
              command -> command.setUntil(at(second + 1 + random.nextInt(5_000))));
      case 1 -> watch.command(CommandKind.RELEASE, id, command -> command);
      case 2 ->
          watch.command(
              CommandKind.REPRIORITISE,
              id,
              command -> command.setPriority(Priority.values()[random.nextInt(4)]));
      case 3 ->
          watch.silence(
              Silence.newBuilder()
                  .setId("silence-" + second)
                  .setMatchers(
                      List.of(new Matcher("resource", "container/c" + random.nextInt(6), false)))
                  .setReason("because")
                  .setBy("ann")
                  .setStartsAt(at(second + random.nextInt(300)))
                  .setEndsAt(at(second + 301 + random.nextInt(3_000)))
                  .setMaintenance(random.nextBoolean())
                  .build());
      case 4 ->
          watch.book().silences().stream()
              .findFirst()
              .ifPresent(
                  silence ->
                      watch.command(
                          CommandKind.UNSILENCE,
                          null,
                          command -> command.setSilenceId(silence.getId())));
      default -> watch.command(CommandKind.RESOLVE, id, command -> command);
    }
  }
}
