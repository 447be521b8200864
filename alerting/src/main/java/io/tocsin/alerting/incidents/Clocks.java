package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Deadline;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.ServiceLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The arithmetic of deadlines. All instants are stored ones: how often the book was restarted
 * meanwhile makes no difference.
 *
 * <p>To mitigate and to resolve is promised from the event time at which the trouble began, to
 * acknowledge from when people were told. A clock that stands still moves the deadlines by as long
 * as it stood. Another priority means other deadlines from the same beginning, so what has elapsed
 * is carried over; only the time to acknowledge begins anew where the priority rises, as people are
 * told anew.
 */
final class Clocks {

  /** Shares of the time, in percent, of which people are reminded; at the last it is over. */
  static final List<Integer> SHARES = List.of(50, 80, 100);

  private static final int ALL = 100;

  /** One of the three deadlines. */
  enum Which {
    ACKNOWLEDGE("acknowledge", ServiceLevel::getAcknowledge, Promise::acknowledge),
    MITIGATE("mitigate", ServiceLevel::getMitigate, Promise::mitigate),
    RESOLVE("resolve", ServiceLevel::getResolve, Promise::resolve);

    private final String word;
    private final Function<ServiceLevel, Deadline> deadline;
    private final Function<Promise, Duration> time;

    Which(
        String word, Function<ServiceLevel, Deadline> deadline, Function<Promise, Duration> time) {
      this.word = word;
      this.deadline = deadline;
      this.time = time;
    }

    String word() {
      return word;
    }

    Deadline of(ServiceLevel level) {
      return deadline.apply(level);
    }
  }

  /** A share of the time to a deadline has passed. */
  record Step(Which which, int percent, Instant at) {
    boolean isOver() {
      return percent == ALL;
    }
  }

  private final Promises promises;

  Clocks(Promises promises) {
    this.promises = promises;
  }

  /** The clocks of an incident that opens now. Reminders that are past already are left out. */
  ServiceLevel start(Priority priority, Instant startedAt, Instant now) {
    Promise promise = promises.of(priority);
    return new ServiceLevel(
        deadline(now.plus(promise.acknowledge()), promise.acknowledge(), now),
        deadline(startedAt.plus(promise.mitigate()), promise.mitigate(), now),
        deadline(startedAt.plus(promise.resolve()), promise.resolve(), now),
        null,
        0L);
  }

  private static Deadline deadline(Instant dueAt, Duration time, Instant now) {
    List<Integer> reminded = new ArrayList<>();
    for (int percent : SHARES) {
      if (percent < ALL && !at(dueAt, time, percent).isAfter(now)) {
        reminded.add(percent);
      }
    }
    return new Deadline(dueAt, null, false, reminded);
  }

  private static Instant at(Instant dueAt, Duration time, int percent) {
    return dueAt.minus(time.multipliedBy(ALL - percent).dividedBy(ALL));
  }

  /** Steps that have come due by then and were not seen to, in order of time. */
  List<Step> due(Case known, Instant upTo) {
    return steps(known).stream().filter(step -> !step.at().isAfter(upTo)).toList();
  }

  /** The next step; empty if none comes, or the clock stands still. */
  Optional<Step> next(Case known) {
    return steps(known).stream().findFirst();
  }

  /** Nobody can take what nobody was told of. */
  private List<Step> steps(Case known) {
    return steps(known.incident()).stream()
        .filter(step -> known.told() != null || step.which() != Which.ACKNOWLEDGE)
        .toList();
  }

  private List<Step> steps(Incident incident) {
    ServiceLevel level = incident.getServiceLevel();
    List<Step> steps = new ArrayList<>();
    if (level == null
        || level.getPausedSince() != null
        || incident.getState() == IncidentState.RESOLVED) {
      return steps;
    }
    Promise promise = promises.of(incident.getPriority());
    for (Which which : Which.values()) {
      Deadline deadline = which.of(level);
      for (int percent : SHARES) {
        boolean seenTo = deadline.getMissed() || deadline.getReminded().contains(percent);
        if (deadline.getMetAt() == null && !seenTo) {
          steps.add(
              new Step(
                  which, percent, at(deadline.getDueAt(), which.time.apply(promise), percent)));
        }
      }
    }
    steps.sort(
        Comparator.comparing(Step::at).thenComparing(Step::which).thenComparing(Step::percent));
    return steps;
  }

  /** The next deadline that is not kept; null if there is none, or the clock stands still. */
  Instant nextDeadline(Incident incident) {
    return steps(incident).stream()
        .filter(Step::isOver)
        .map(Step::at)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Notes that a step, and with it those of the same deadline before it, has been seen to. */
  ServiceLevel seenTo(ServiceLevel level, Step step) {
    Deadline deadline = step.which().of(level);
    List<Integer> reminded = SHARES.stream().filter(share -> share <= step.percent()).toList();
    return with(
        level,
        step.which(),
        Deadline.newBuilder(deadline)
            .setReminded(new ArrayList<>(reminded))
            .setMissed(step.isOver())
            .build());
  }

  /** Notes when deadlines were kept; one that was kept already stays so. */
  ServiceLevel met(ServiceLevel level, Instant at, Which... kept) {
    ServiceLevel after = level;
    for (Which which : kept) {
      if (which.of(after).getMetAt() == null) {
        after = with(after, which, Deadline.newBuilder(which.of(after)).setMetAt(at).build());
      }
    }
    return after;
  }

  /** Takes back that deadlines were kept: it was not over. */
  ServiceLevel unmet(ServiceLevel level, Which... kept) {
    ServiceLevel after = level;
    for (Which which : kept) {
      after = with(after, which, Deadline.newBuilder(which.of(after)).setMetAt(null).build());
    }
    return after;
  }

  /** Begins the time to acknowledge anew. */
  ServiceLevel acknowledgeFrom(ServiceLevel level, Priority priority, Instant now) {
    Duration time = promises.of(priority).acknowledge();
    return with(level, Which.ACKNOWLEDGE, deadline(now.plus(time), time, now));
  }

  ServiceLevel pause(ServiceLevel level, Instant at) {
    return ServiceLevel.newBuilder(level).setPausedSince(at).build();
  }

  ServiceLevel resume(ServiceLevel level, Instant at) {
    Duration stood = Duration.between(level.getPausedSince(), at);
    return shifted(
        ServiceLevel.newBuilder(level).setPausedSince(null).build(),
        stood.isNegative() ? Duration.ZERO : stood);
  }

  /** The clocks as they are once none stands still. */
  ServiceLevel running(ServiceLevel level, Instant at) {
    return level.getPausedSince() == null ? level : resume(level, at);
  }

  /** Moves the deadlines that are not kept by the time for which the clock stood still. */
  ServiceLevel shifted(ServiceLevel level, Duration stood) {
    ServiceLevel after = level;
    for (Which which : Which.values()) {
      Deadline deadline = which.of(after);
      if (deadline.getMetAt() == null) {
        after =
            with(
                after,
                which,
                Deadline.newBuilder(deadline).setDueAt(deadline.getDueAt().plus(stood)).build());
      }
    }
    return ServiceLevel.newBuilder(after)
        .setPausedMs(after.getPausedMs() + stood.toMillis())
        .build();
  }

  /** The clocks under another priority, from the same beginning. */
  ServiceLevel carriedOver(ServiceLevel level, Priority from, Priority to, Instant now) {
    ServiceLevel after = level;
    Instant moment = level.getPausedSince() == null ? now : level.getPausedSince();
    for (Which which : Which.values()) {
      Deadline before = which.of(level);
      if (before.getMetAt() == null) {
        Duration time = which.time.apply(promises.of(to));
        Instant dueAt = before.getDueAt().minus(which.time.apply(promises.of(from))).plus(time);
        Deadline carried = deadline(dueAt, time, moment);
        carried.setMissed(before.getMissed() && !dueAt.isAfter(moment));
        after = with(after, which, carried);
      }
    }
    boolean raised = to.compareTo(from) < 0;
    boolean taken = level.getAcknowledge().getMetAt() != null;
    return raised && !taken ? acknowledgeFrom(after, to, moment) : after;
  }

  private static ServiceLevel with(ServiceLevel level, Which which, Deadline deadline) {
    ServiceLevel.Builder after = ServiceLevel.newBuilder(level);
    switch (which) {
      case ACKNOWLEDGE -> after.setAcknowledge(deadline);
      case MITIGATE -> after.setMitigate(deadline);
      case RESOLVE -> after.setResolve(deadline);
    }
    return after.build();
  }
}
