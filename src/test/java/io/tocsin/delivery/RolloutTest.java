package io.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.delivery.Entry.Event;
import io.tocsin.delivery.RolloutPlan.Command;
import io.tocsin.delivery.RolloutPlan.Step;
import io.tocsin.delivery.RolloutPlan.Target;
import io.tocsin.delivery.signal.Limits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutTest {

  private static final List<String> ALL = List.of("a", "b", "c");

  @TempDir Path directory;

  private final World world = new World(ALL, "1");

  private RolloutPlan plan() {
    Map<String, Target> targets = new LinkedHashMap<>();
    ALL.forEach(name -> targets.put(name, new Target(name, URI.create("http://" + name))));
    Command put = new Command(List.of("put", "{target}", "{version}"), Duration.ofSeconds(9));
    return new RolloutPlan(
        directory,
        directory.resolve("state"),
        List.of(URI.create("http://api")),
        null,
        put,
        put,
        targets,
        Map.of(),
        List.of(
            new Step("canary", List.of("a"), Duration.ofSeconds(30)),
            new Step("rest", List.of("b", "c"), Duration.ofSeconds(30))),
        new RolloutPlan.Checks(
            Duration.ofSeconds(4),
            Duration.ofSeconds(2),
            3,
            Duration.ofSeconds(20),
            Duration.ofSeconds(4)),
        new Limits(
            100, Duration.ofSeconds(6), 0, 100, 0, List.of("tocsin"), List.of("rule-of-ours")));
  }

  private interface Deed {
    Outcome with(Rollout rollout) throws IOException, InterruptedException;
  }

  private Outcome run(Deed deed) throws Exception {
    try (Journal journal = journal()) {
      return deed.with(new Rollout(plan(), world, world, journal, world));
    }
  }

  private Journal journal() throws IOException {
    return Journal.take(plan().state(), entry -> {}).orElseThrow();
  }

  private List<Event> events() throws IOException {
    try (Journal journal = journal()) {
      return journal.entries().stream().map(Entry::event).toList();
    }
  }

  private Outcome to2() throws Exception {
    return run(rollout -> rollout.begin("2", null, false));
  }

  @Test
  void aGoodVersionReachesEveryTargetStepByStep() throws Exception {
    assertThat(to2()).isEqualTo(new Outcome.Done());
    assertThat(world.done).containsExactly("a 2", "b 2", "c 2");
    assertThat(events())
        .containsExactly(
            Event.BEGUN,
            Event.STEP,
            Event.DEPLOYING,
            Event.DEPLOYED,
            Event.PASSED,
            Event.STEP,
            Event.DEPLOYING,
            Event.DEPLOYED,
            Event.DEPLOYING,
            Event.DEPLOYED,
            Event.PASSED,
            Event.DONE);
  }

  @Test
  void aCommandThatFailsGoesBackAtOnceAndTheTargetItself() throws Exception {
    world.wrong =
        (target, version) ->
            target.equals("b") && version.equals("2") ? Optional.of("no room") : Optional.empty();
    Outcome.RolledBack back = (Outcome.RolledBack) to2();
    assertThat(back.reasons()).containsExactly("b: no room");
    assertThat(world.done).containsExactly("a 2", "b 2", "b 1", "a 1");
    assertThat(world.versions.values()).containsOnly("1");
  }

  @Test
  void aVersionThatIsNeverReadyGoesBackWhenItsTimeIsOver() throws Exception {
    world.characters.put(
        "2",
        new World.Character() {
          @Override
          public boolean ready(Duration age) {
            return false;
          }
        });
    Outcome.RolledBack back = (Outcome.RolledBack) to2();
    assertThat(back.reasons()).singleElement().asString().contains("a: is not ready", "20 s after");
    assertThat(back.within().orElseThrow()).isLessThan(Duration.ofSeconds(60));
    assertThat(world.done).containsExactly("a 2", "a 1");
  }

  @Test
  void aVersionThatMakesRecordsUnusableLaterOnIsCaughtByThem() throws Exception {
    world.characters.put(
        "2",
        new World.Character() {
          @Override
          public int letters(Duration age) {
            return age.toSeconds() > 12 ? 1 : 0;
          }
        });
    Outcome.RolledBack back = (Outcome.RolledBack) to2();
    assertThat(back.reasons()).singleElement().asString().contains("streams", "could not be used");
    assertThat(events()).contains(Event.CHECKED).endsWith(Event.ROLLED_BACK);
    assertThat(world.done).containsExactly("a 2", "a 1");
  }

  @Test
  void aVersionThatStopsReadingIsCaughtByTheLag() throws Exception {
    world.characters.put(
        "2",
        new World.Character() {
          @Override
          public long lag(Duration age) {
            return age.toSeconds() < 10 ? 0 : age.toSeconds() * 50;
          }
        });
    Outcome.RolledBack back = (Outcome.RolledBack) to2();
    assertThat(back.reasons())
        .singleElement()
        .asString()
        .contains("tocsin-streams/samples", "became no fewer");
    assertThat(world.versions.values()).containsOnly("1");
  }

  @Test
  void whatARestartLeavesBehindMayBeCaughtUpWith() throws Exception {
    world.characters.put(
        "2",
        new World.Character() {
          @Override
          public long lag(Duration age) {
            return Math.max(0, 2_000 - age.toSeconds() * 50);
          }
        });
    assertThat(to2()).isEqualTo(new Outcome.Done());
  }

  @Test
  void anApiThatIsSilentIsNoGoodSign() throws Exception {
    world.apiAnswers = false;
    assertThat(((Outcome.NotBegun) to2()).reasons()).containsExactly("the API: nothing answers");
    assertThat(world.done).isEmpty();
    assertThat(events()).isEmpty();
  }

  @Test
  void nothingBeginsWhileATargetIsNotReadyUnlessItIsWantedSo() throws Exception {
    world.characters.put(
        "1",
        new World.Character() {
          @Override
          public boolean ready(Duration age) {
            return false;
          }
        });
    assertThat(((Outcome.NotBegun) to2()).reasons()).hasSize(3);
    assertThat(run(rollout -> rollout.begin("2", null, true))).isEqualTo(new Outcome.Done());
  }

  @Test
  void aWayBackThatFailsSaysWhatAPersonHasToDoAndTakesBackTheOthers() throws Exception {
    world.characters.put(
        "2",
        new World.Character() {
          @Override
          public int letters(Duration age) {
            return age.toSeconds() > 40 ? 1 : 0;
          }
        });
    world.wrong =
        (target, version) ->
            target.equals("b") && version.equals("1") ? Optional.of("gone") : Optional.empty();
    Outcome.RollbackFailed failed = (Outcome.RollbackFailed) to2();
    assertThat(failed.todo()).containsExactly("b: gone; put 1 there by hand: put b 1");
    assertThat(world.versions).containsEntry("a", "1").containsEntry("c", "1");
    world.wrong = (target, version) -> Optional.empty();
    world.done.clear();
    assertThat(run(rollout -> rollout.back("again"))).isInstanceOf(Outcome.RolledBack.class);
    assertThat(world.done).containsExactly("b 1");
  }

  @Test
  void whatIsDoneCanBeTakenBack() throws Exception {
    to2();
    assertThat(run(rollout -> rollout.back("jo wants it so")))
        .isInstanceOf(Outcome.RolledBack.class);
    assertThat(world.done).endsWith("c 1", "b 1", "a 1");
  }

  @Test
  void whereverItIsInterruptedItCanBeBroughtToItsEndOrBack() throws Exception {
    for (boolean onwards : new boolean[] {true, false}) {
      int crashes = 0;
      for (int at = 4; ; at++) {
        World fresh = new World(ALL, "1");
        fresh.crashAt = at;
        Path own = directory.resolve(onwards + "-" + at);
        try (Journal journal = Journal.take(own, entry -> {}).orElseThrow()) {
          new Rollout(plan(), fresh, fresh, journal, fresh).begin("2", null, false);
          break; // it came to its end before it could crash
        } catch (World.Crash crash) {
          crashes++;
        }
        try (Journal journal = Journal.take(own, entry -> {}).orElseThrow()) {
          assertThat(Rollout.unfinished(journal)).isPresent();
          Rollout again = new Rollout(plan(), fresh, fresh, journal, fresh);
          Outcome outcome = onwards ? again.resume() : again.back("after a crash");
          assertThat(outcome)
              .as("crash %d", at)
              .isInstanceOf(onwards ? Outcome.Done.class : Outcome.RolledBack.class);
          assertThat(fresh.versions.values()).containsOnly(onwards ? "2" : "1");
          assertThat(Rollout.unfinished(journal)).isEmpty();
        }
      }
      assertThat(crashes).isGreaterThan(20);
    }
  }

  @Test
  void aPlanThatNamesOtherTargetsByNowDoesNothing() throws Exception {
    to2();
    world.done.clear();
    RolloutPlan plan = plan();
    Map<String, Target> fewer = new LinkedHashMap<>(plan.targets());
    fewer.remove("c");
    RolloutPlan other =
        new RolloutPlan(
            plan.directory(),
            plan.state(),
            plan.apis(),
            null,
            plan.deploy(),
            plan.back(),
            fewer,
            Map.of(),
            plan.steps(),
            plan.checks(),
            plan.limits());
    try (Journal journal = journal()) {
      Outcome outcome = new Rollout(other, world, world, journal, world).back("jo wants it so");
      assertThat(((Outcome.NotBegun) outcome).reasons().get(0))
          .contains("other targets", "a, b, c");
    }
    assertThat(world.done).isEmpty();
  }

  @Test
  void aWayBackThatIsInterruptedGoesOnBackwards() throws Exception {
    world.characters.put(
        "2",
        new World.Character() {
          @Override
          public int letters(Duration age) {
            return age.toSeconds() > 40 ? 1 : 0;
          }
        });
    world.wrong =
        (target, version) -> {
          if (target.equals("b") && version.equals("1")) {
            throw new World.Crash();
          }
          return Optional.empty();
        };
    assertThatThrownBy(this::to2).isInstanceOf(World.Crash.class);
    world.wrong = (target, version) -> Optional.empty();
    assertThat(run(Rollout::resume)).isInstanceOf(Outcome.RolledBack.class);
    assertThat(world.versions.values()).containsOnly("1");
  }
}
