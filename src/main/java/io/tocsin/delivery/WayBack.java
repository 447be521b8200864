package io.tocsin.delivery;

import io.tocsin.delivery.Entry.Event;
import io.tocsin.delivery.signal.Baseline;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes targets back to the version before, the last that was touched first. One that cannot be
 * taken back keeps no other from it. They are not waited for one after another: a version that is
 * known to be bad is worth no care.
 */
final class WayBack {

  private static final int TRIES = 2;

  /** Writes an entry. */
  interface Writer {
    void append(Event event, String step, String target, List<String> reasons) throws IOException;
  }

  /**
   * Where it came to.
   *
   * @param readyAt when the last target was back and ready, or was given up
   * @param todo what a person has to see to; empty if nothing
   */
  record Arrival(Instant readyAt, List<String> todo) {}

  private final RolloutPlan plan;
  private final Ground ground;
  private final Looking looking;
  private final Clock clock;

  WayBack(RolloutPlan plan, Ground ground, Looking looking, Clock clock) {
    this.plan = plan;
    this.ground = ground;
    this.looking = looking;
    this.clock = clock;
  }

  Arrival take(Progress progress, Writer writer) throws IOException, InterruptedException {
    List<String> todo = new ArrayList<>();
    List<String> back = new ArrayList<>();
    for (String target : progress.toRestore()) {
      String version = progress.from().get(target);
      writer.append(Event.RESTORING, step(target), target, null);
      Optional<String> wrong = put(target, version);
      if (wrong.isEmpty()) {
        back.add(target);
      } else {
        todo.add(
            "%s: %s; put %s there by hand: %s"
                .formatted(target, wrong.get(), version, line(target, version)));
      }
    }
    Map<String, String> expected = new LinkedHashMap<>();
    for (String target : back) {
      Map<String, String> one = Map.of(target, progress.from().get(target));
      Looking.Found found = looking.await(one);
      if (found.isWell()) {
        writer.append(Event.RESTORED, step(target), target, null);
        expected.putAll(one);
      } else {
        found.reasons().forEach(why -> todo.add(why + "; its log should say why"));
      }
    }
    Instant readyAt = clock.instant();
    if (todo.isEmpty()) {
      todo.addAll(stays(expected));
    }
    return new Arrival(readyAt, todo);
  }

  private String step(String target) {
    return plan.stepOf(target).map(RolloutPlan.Step::name).orElse(null);
  }

  private Optional<String> put(String target, String version) throws InterruptedException {
    Optional<String> wrong = Optional.empty();
    for (int tried = 0; tried < TRIES; tried++) {
      wrong = ground.put(plan.back(), target, version);
      if (wrong.isEmpty()) {
        break;
      }
    }
    return wrong;
  }

  /** What the bad version has left behind is no news; that it goes on would be. */
  private List<String> stays(Map<String, String> expected) throws InterruptedException {
    Baseline now;
    try {
      now = Baseline.of(looking.look(plan.checks().every()));
    } catch (IllegalArgumentException unknown) {
      return List.of("the API: " + unknown.getMessage() + "; look whether the pipeline works");
    }
    return looking.bake(now, expected, plan.checks().backBake(), verdict -> {}).reasons().stream()
        .map(why -> why + "; it is back, and this is wrong nevertheless")
        .toList();
  }

  private String line(String target, String version) {
    return String.join(" ", CommandGround.words(plan.back(), target, version));
  }
}
