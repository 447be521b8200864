package io.tocsin.collectors.vm;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.vm.Hypervisor.Scope;
import io.tocsin.collectors.vm.Lane.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Asks for the statistics of all domains within a limit, whatever hangs.
 *
 * <p>Usually that is one call. A domain whose QEMU does not answer its monitor holds that call up
 * for as long as it hangs: the first asker waits, NOWAIT or not, and holds the domain's job. But
 * then a second call with NOWAIT passes that domain by. So a call that is late is left to itself on
 * its lane, the daemon is asked for what it knows without asking any domain, and if some domain
 * turns out to hang, the call is made again on the next lane. That domain stays known to hang until
 * the first call returns, and costs nothing in the passes between. There are few lanes, since each
 * call that is held up occupies one of the daemon's twenty workers. When all are held up, only
 * states are reported.
 *
 * <p>When the daemon itself does not answer, nothing more is asked of it until it does. Only after
 * a minute, then two, four and so on up to an hour, the calls and their connections are given up
 * and new ones tried, in case the way to a remote daemon broke without a word.
 */
final class Questioner {

  private static final int FULL_LANES = 3;

  /** The first connection also loads the library. */
  private static final long SHORTEST_OPENING_NANOS = Duration.ofSeconds(2).toNanos();

  private static final long FIRST_PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long LONGEST_PATIENCE_NANOS = Duration.ofHours(1).toNanos();

  /** Answers of a monitor take a few milliseconds. */
  private static final Duration LONGEST_ANSWER = Duration.ofMillis(500);

  private final String where;
  private final Hypervisor hypervisor;
  private final LongSupplier ticker;
  private final long limitNanos;
  private final long hangsAfterMillis;
  private List<Lane> fullLanes;
  private Lane light;
  private boolean silent;
  private long silentSince;
  private long patienceNanos = FIRST_PATIENCE_NANOS;

  /**
   * One that asks within a limit.
   *
   * @param where for people, what is asked
   * @param limit how long all calls of a pass may take together
   * @param ticker nanoseconds, as from {@link System#nanoTime}
   */
  Questioner(String where, Hypervisor hypervisor, Duration limit, LongSupplier ticker) {
    this.where = where;
    this.hypervisor = hypervisor;
    this.ticker = ticker;
    this.limitNanos = limit.toNanos();
    this.hangsAfterMillis = Math.min(LONGEST_ANSWER.toMillis(), limit.toMillis() / 4);
    openLanes();
  }

  private void openLanes() {
    fullLanes =
        IntStream.range(0, FULL_LANES).mapToObj(i -> new Lane("vm-full-" + i, hypervisor)).toList();
    light = new Lane("vm-light", hypervisor);
  }

  /** Whether a domain has kept libvirt waiting for too long. */
  boolean hangs(DomainStats domain) {
    return domain.hangs(hangsAfterMillis);
  }

  /**
   * Finds out whether there is somebody to ask.
   *
   * @throws CollectorException if no connection can be made within the limit
   */
  void connect() throws CollectorException, InterruptedException {
    Outcome<Boolean> outcome =
        light.busy()
            ? new Outcome.Late<>()
            : Lane.await(
                light.start(connection -> true), Math.max(limitNanos, SHORTEST_OPENING_NANOS));
    if (outcome instanceof Outcome.Failed<Boolean> failed) {
      throw new CollectorException(failed.problem());
    }
    if (outcome instanceof Outcome.Late<Boolean>) {
      remember(true);
      throw new CollectorException(silence());
    }
  }

  /** Asks. */
  Answer ask() throws InterruptedException {
    if (light.busy()) {
      remember(true);
      if (ticker.getAsLong() - silentSince < patienceNanos) {
        return new Answer.Silence(silence());
      }
      close();
      openLanes();
      silentSince = ticker.getAsLong();
      patienceNanos = Math.min(2 * patienceNanos, LONGEST_PATIENCE_NANOS);
    }
    Answer answer = askNow(System.nanoTime() + limitNanos);
    remember(answer instanceof Answer.Silence);
    return answer;
  }

  private void remember(boolean silentNow) {
    if (!silentNow) {
      patienceNanos = FIRST_PATIENCE_NANOS;
    } else if (!silent) {
      silentSince = ticker.getAsLong();
    }
    silent = silentNow;
  }

  private Answer askNow(long end) throws InterruptedException {
    Lane lane = freeLane();
    Future<List<DomainStats>> full = null;
    if (lane != null) {
      full = lane.start(connection -> connection.stats(Scope.FULL));
      Answer answer = everything(Lane.await(full, limitNanos / 2));
      if (answer != null) {
        return answer;
      }
    }
    Outcome<List<DomainStats>> states =
        Lane.await(light.start(connection -> connection.stats(Scope.LIGHT)), left(end) / 2);
    if (states instanceof Outcome.Failed<List<DomainStats>> failed) {
      return new Answer.Lost(failed.problem());
    }
    if (!(states instanceof Outcome.Done<List<DomainStats>> known)) {
      return new Answer.Silence(silence());
    }
    Answer answer =
        known.value().stream().anyMatch(this::hangs)
            ? askAgain(end)
            : full == null ? null : everything(Lane.await(full, left(end)));
    return answer == null ? new Answer.StatesOnly(known.value(), slow()) : answer;
  }

  private Answer askAgain(long end) throws InterruptedException {
    for (Lane next = freeLane(); next != null && left(end) > 0; next = freeLane()) {
      Future<List<DomainStats>> call = next.start(connection -> connection.stats(Scope.FULL));
      Answer answer = everything(Lane.await(call, left(end) * 2 / 3));
      if (answer != null) {
        return answer;
      }
    }
    return null;
  }

  /** The answer if there is one; null for a call that has not ended. */
  private static Answer everything(Outcome<List<DomainStats>> outcome) {
    if (outcome instanceof Outcome.Done<List<DomainStats>> done) {
      return new Answer.Everything(done.value());
    }
    return outcome instanceof Outcome.Failed<List<DomainStats>> failed
        ? new Answer.Lost(failed.problem())
        : null;
  }

  private Lane freeLane() {
    return fullLanes.stream().filter(lane -> !lane.busy()).findFirst().orElse(null);
  }

  private static long left(long end) {
    return end - System.nanoTime();
  }

  private Problem silence() {
    return new Problem(
        Reason.DEADLINE, where, "libvirt does not answer; no more is asked until it does");
  }

  private Problem slow() {
    return new Problem(
        Reason.DEADLINE,
        where,
        freeLane() == null
            ? "too many domains hang to ask the others for figures; their states are still read"
            : "the figures of all domains did not come in time; their states did: lengthen the"
                + " deadline and the interval if this lasts");
  }

  /** Does not wait for calls that are under way. */
  void close() {
    fullLanes.forEach(Lane::close);
    light.close();
  }
}
