package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.audit.AuditChain;
import io.tocsin.alerting.healing.audit.AuditHead;
import io.tocsin.schemas.AuditEntry;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one responder at a time. {@link #fence} ends whatever another one is writing; from
 * then on the broker refuses that one's transactions, so that it can neither begin anything nor say
 * that it has.
 *
 * <p>Everything that waits goes into one transaction, results and audit alike; several workers pay
 * for one. The chain of the audit goes on from what is committed only.
 */
final class FencedLog implements ResultLog, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FencedLog.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);
  private static final long LOOK_EVERY_MS = 200;

  private record Waiting(HealResult result, AuditNote note, CompletableFuture<Void> safe) {}

  private final Transactions transactions;
  private final Clock clock;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "tocsin-responder-log");
  private AuditHead head;
  private long epoch;
  private volatile RuntimeException ended;

  FencedLog(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Ends whatever another responder is writing; all it has written is committed or gone after that.
   *
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer
   */
  void fence() {
    transactions.fence();
  }

  /**
   * Begins to write, with a first entry that says so.
   *
   * @param newest where the audit ends
   * @param newEpoch higher than any before
   * @throws FencedException if another one has taken over already
   */
  void begin(AuditHead newest, long newEpoch, String reason) {
    head = newest;
    epoch = newEpoch;
    Waiting first = new Waiting(null, AuditNote.started(reason), new CompletableFuture<>());
    commit(List.of(first));
    try {
      first.safe().join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException why ? why : failed;
    }
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public CompletableFuture<Void> append(HealResult result, AuditNote note) {
    CompletableFuture<Void> safe = new CompletableFuture<>();
    RuntimeException over = ended;
    if (over != null) {
      safe.completeExceptionally(over);
      return safe;
    }
    queue.add(new Waiting(result, note, safe));
    if (ended != null) {
      failAll(ended); // the thread may have looked for the last time before this was added
    }
    return safe;
  }

  /** Whether another responder has taken over. */
  boolean isFenced() {
    return ended instanceof FencedException;
  }

  /** Why nothing can be written any more; null while it can. */
  RuntimeException ended() {
    return ended;
  }

  private void run() {
    try {
      while (closing.getCount() > 0 && ended == null) {
        Waiting first = queue.poll(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Waiting> group = new ArrayList<>(List.of(first));
          queue.drainTo(group);
          commit(group);
        }
      }
    } catch (InterruptedException hurry) {
      LOG.warn("the log of results was closed in a hurry");
    } catch (RuntimeException unexpected) {
      ended = unexpected;
      LOG.error("the log of results has ended", unexpected);
    }
    if (ended == null) {
      ended = new IllegalStateException("the responder is stopping");
    }
    failAll(ended);
  }

  /**
   * All of them or none; where none, each by itself, so that one that is no good harms no other.
   */
  private void commit(List<Waiting> group) {
    AuditHead next = head;
    List<HealResult> results = new ArrayList<>();
    List<AuditEntry> entries = new ArrayList<>();
    for (Waiting each : group) {
      if (each.result() != null) {
        results.add(HealResult.newBuilder(each.result()).setEpoch(epoch).build());
      }
      if (each.note() != null) {
        AuditEntry entry = AuditChain.next(next, each.note().draft(epoch), clock.instant());
        entries.add(entry);
        next = AuditChain.headOf(entry);
      }
    }
    try {
      transactions.commit(
          transaction -> {
            results.forEach(result -> transaction.add(Topics.HEAL_RESULTS, result));
            entries.forEach(entry -> transaction.add(Topics.AUDIT, entry));
          },
          closing);
      head = next;
      group.forEach(each -> each.safe().complete(null));
    } catch (Transactions.Aborted aborted) {
      if (group.size() > 1) {
        LOG.warn("{} steps could not be written together, now one by one", group.size(), aborted);
        group.forEach(each -> commit(List.of(each)));
      } else {
        group.get(0).safe().completeExceptionally(aborted);
      }
    } catch (RuntimeException over) {
      ended = over;
      LOG.error("nothing is written any more: {}", over.getMessage(), over);
      group.forEach(each -> each.safe().completeExceptionally(over));
    }
  }

  private void failAll(RuntimeException why) {
    for (Waiting each = queue.poll(); each != null; each = queue.poll()) {
      each.safe().completeExceptionally(why);
    }
  }

  /** Writes what waits, as far as it can be done soon. */
  @Override
  public void close() {
    boolean interrupted = false;
    try {
      long until = System.nanoTime() + CLOSE_WITHIN.toNanos();
      while (thread.isAlive() && !queue.isEmpty() && System.nanoTime() < until) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      closing.countDown();
      thread.join(CLOSE_WITHIN.toMillis());
      thread.interrupt();
    } catch (InterruptedException hurry) {
      interrupted = true;
      closing.countDown();
    }
    transactions.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
