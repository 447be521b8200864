package io.tocsin.collectors.vm;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.vm.Hypervisor.Connection;
import io.tocsin.collectors.vm.Lane.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Details of domains, read once a minute and when a domain changes its state, on a lane of their
 * own: a pass does not wait for them longer than it has time.
 */
final class DetailsCache {

  private static final long OLDEST_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int STATS_PERIOD_SECONDS = 5;
  private static final int RUNNING = 1;

  private record Entry(int id, int state, long atNanos, DomainDetails details, Problem problem) {}

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Lane lane;
  private final String where;
  private final boolean allowStatsPeriod;
  private final LongSupplier ticker;

  /**
   * An empty one.
   *
   * @param where for people, what is asked
   * @param allowStatsPeriod whether guests that do not report their memory are told to
   * @param ticker nanoseconds, as from {@link System#nanoTime}
   */
  DetailsCache(String where, Hypervisor hypervisor, boolean allowStatsPeriod, LongSupplier ticker) {
    this.lane = new Lane("vm-details", hypervisor);
    this.where = where;
    this.allowStatsPeriod = allowStatsPeriod;
    this.ticker = ticker;
  }

  /**
   * Reads what is missing or old.
   *
   * @param domains those that can be asked
   * @param nanos how long this may take; what is not read by then comes later
   */
  void refresh(List<DomainStats> domains, long nanos, List<Problem> problems)
      throws InterruptedException {
    List<DomainStats> due = domains.stream().filter(this::isDue).toList();
    if (due.isEmpty()) {
      return;
    }
    if (lane.busy()) {
      problems.add(
          new Problem(Reason.DEADLINE, where, "details of domains, such as pinning, are late"));
      return;
    }
    Outcome<Void> outcome = Lane.await(lane.start(connection -> readAll(connection, due)), nanos);
    if (outcome instanceof Outcome.Failed<Void> failed) {
      problems.add(failed.problem());
    }
  }

  private Void readAll(Connection connection, List<DomainStats> due) throws CollectorException {
    Problem problem = null;
    int failures = 0;
    for (DomainStats domain : due) {
      problem = read(connection, domain);
      failures += problem == null ? 0 : 1;
    }
    if (failures == due.size()) {
      // Rather the connection's fault than that of each of them; another is made next time.
      throw new CollectorException(problem);
    }
    return null;
  }

  private boolean isDue(DomainStats domain) {
    Entry entry = entries.get(domain.uuid());
    return entry == null
        || entry.id() != domain.id()
        || entry.state() != domain.code("state.state")
        || ticker.getAsLong() - entry.atNanos() >= OLDEST_NANOS;
  }

  private Problem read(Connection connection, DomainStats domain) {
    Entry before = entries.get(domain.uuid());
    DomainDetails details = before == null ? null : before.details();
    Problem problem = null;
    try {
      details = connection.details(domain.uuid());
      if (allowStatsPeriod
          && domain.code("state.state") == RUNNING
          && details.description().balloon()
          && details.description().statsPeriod() == 0) {
        connection.reportMemoryEvery(domain.uuid(), STATS_PERIOD_SECONDS);
      }
    } catch (CollectorException notTold) {
      problem = new Problem(notTold.problem().reason(), domain.where(), notTold.problem().what());
    } catch (RuntimeException defect) {
      problem = new Problem(Reason.INTERNAL, domain.where(), defect.toString());
    }
    entries.put(
        domain.uuid(),
        new Entry(domain.id(), domain.code("state.state"), ticker.getAsLong(), details, problem));
    return problem;
  }

  /** What is known of a domain; null where nothing is yet. */
  DomainDetails of(DomainStats domain) {
    Entry entry = entries.get(domain.uuid());
    return entry == null ? null : entry.details();
  }

  /** What could not be read of a domain. */
  void addProblem(DomainStats domain, List<Problem> problems) {
    Entry entry = entries.get(domain.uuid());
    if (entry != null && entry.problem() != null && !problems.contains(entry.problem())) {
      problems.add(entry.problem());
    }
  }

  /** Forgets all others. */
  void keep(Set<String> uuids) {
    entries.keySet().retainAll(uuids);
  }

  /** Does not wait for a call that is under way. */
  void close() {
    lane.close();
  }
}
