package io.tocsin.alerting.replay;

import io.tocsin.alerting.signal.Observation;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What was written to the topics, to be replayed in the order in which it arrived.
 *
 * <p>Bounded, as it is sorted in memory: what is more than it may have is not taken, and counted.
 */
public final class Recording {

  /** Some 20,000 resources for a few minutes, or 100 for half a day. */
  public static final int MOST = 4_000_000;

  private record Moment(Instant at, long order, Object what, String id) {}

  private final List<Moment> moments = new ArrayList<>();
  private final int most;
  private long leftOut;

  /** Of as much as a program of its own has room for. */
  public Recording() {
    this(MOST);
  }

  /** Of so many records at most. */
  public Recording(int most) {
    this.most = most;
  }

  /** Something was observed, and heard at a time. */
  public void observation(Instant heardAt, Observation seen) {
    add(heardAt, seen, seen.resourceId());
  }

  /** The inventory changed; null removes. */
  public void resource(Instant heardAt, String id, Resource resource) {
    add(heardAt, resource, id);
  }

  /** A person asked for something. */
  public void command(Instant heardAt, Command command) {
    add(heardAt, command, command.getId());
  }

  /** The responder told of a step. */
  public void healResult(Instant heardAt, HealResult result) {
    add(heardAt, result, result.getTargetId());
  }

  private void add(Instant heardAt, Object what, String id) {
    if (moments.size() >= most) {
      leftOut++;
      return;
    }
    moments.add(new Moment(heardAt, moments.size(), what, id));
  }

  /** What was observed of a resource, in the order in which it was heard. */
  public List<Observation> observationsOf(String resourceId) {
    return moments.stream()
        .sorted(Comparator.comparing(Moment::at).thenComparing(Moment::order))
        .filter(moment -> moment.id().equals(resourceId))
        .filter(moment -> moment.what() instanceof Observation)
        .map(moment -> (Observation) moment.what())
        .toList();
  }

  /** How much was left out for lack of room. */
  public long leftOut() {
    return leftOut;
  }

  /** How much there is. */
  public int size() {
    return moments.size();
  }

  /** When the first of it was heard; the epoch if there is none. */
  public Instant from() {
    return moments.stream().map(Moment::at).min(Instant::compareTo).orElse(Instant.EPOCH);
  }

  /** Plays what was heard until a time, and lets time pass until then. */
  public void play(Replay replay, Instant until) {
    moments.sort(Comparator.comparing(Moment::at).thenComparing(Moment::order));
    for (Moment moment : moments) {
      if (moment.at().isAfter(until)) {
        break; // sorted: what follows was not known yet
      }
      replay.advanceTo(moment.at());
      if (moment.what() instanceof Observation seen) {
        replay.observe(seen);
      } else if (moment.what() instanceof Command command) {
        replay.command(command);
      } else if (moment.what() instanceof HealResult result) {
        replay.healResult(result);
      } else {
        replay.resource(moment.id(), (Resource) moment.what());
      }
    }
    replay.advanceTo(until);
  }
}
