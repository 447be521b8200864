package io.tocsin.collectors.host;

import io.tocsin.collectors.host.FilesystemStat.Answer;
import io.tocsin.collectors.host.FilesystemStat.Answer.Failure;
import io.tocsin.collectors.host.FilesystemStat.Answer.Silence;
import io.tocsin.schemas.Health;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks file systems without ever waiting long for one. A call that does not come back cannot be
 * ended, only left alone: its thread is given up, the file system is remembered as hanging, and it
 * is not asked again until the call has returned.
 *
 * <p>One thread asks them all, one after the other, and ends. When that takes more than half of the
 * time there is, others help it. Threads that hang are never more than {@link #MOST_THREADS}.
 */
final class FilesystemWatch {

  /** A machine where more hang has a sick server, and asking further mounts of it shows nothing. */
  static final int MOST_THREADS = 16;

  private final FilesystemStat stat;
  private final Duration patience;
  private final Clock clock;
  private final AtomicInteger threads = new AtomicInteger();
  private final Map<String, Ask> hanging = new HashMap<>();

  /** A watch that asks {@code stat} and gives each reading as long as {@code patience}. */
  FilesystemWatch(FilesystemStat stat, Duration patience, Clock clock) {
    this.stat = stat;
    this.patience = patience;
    this.clock = clock;
  }

  /** One question; the answer is written by the thread that asks. */
  private static final class Ask {
    private final String path;
    private final Instant since;
    private volatile Answer answer;

    private Ask(String path, Instant since) {
      this.path = path;
      this.since = since;
    }
  }

  /**
   * The answers by {@link Mount#key}, one for each mount.
   *
   * @param prefix what to put before each path
   */
  Map<String, Answer> ask(String prefix, List<Mount> mounts) throws InterruptedException {
    Instant now = clock.instant();
    hanging.values().removeIf(ask -> ask.answer != null);
    Map<String, Ask> asks = new LinkedHashMap<>();
    Queue<Ask> fresh = new ConcurrentLinkedQueue<>();
    for (Mount mount : mounts) {
      Ask ask = hanging.get(mount.key());
      if (ask == null) {
        ask = new Ask(prefix + mount.path(), now);
        fresh.add(ask);
      }
      asks.put(mount.key(), ask);
    }
    // One that is no longer mounted is forgotten, though its thread may still hang.
    hanging.clear();
    Set<Ask> neverAsked = new HashSet<>();
    try {
      await(fresh);
    } finally {
      // What is taken back here is certain not to have been asked.
      for (Ask ask; (ask = fresh.poll()) != null; ) {
        neverAsked.add(ask);
      }
      asks.forEach(
          (key, ask) -> {
            if (ask.answer == null && !neverAsked.contains(ask)) {
              hanging.put(key, ask);
            }
          });
    }
    Map<String, Answer> answers = new LinkedHashMap<>();
    asks.forEach((key, ask) -> answers.put(key, answer(ask, neverAsked.contains(ask))));
    return answers;
  }

  private void await(Queue<Ask> fresh) throws InterruptedException {
    CountDownLatch open = new CountDownLatch(fresh.size());
    if (fresh.isEmpty() || !start(fresh, open)) {
      return;
    }
    long half = patience.toNanos() / 2;
    if (!open.await(half, TimeUnit.NANOSECONDS)) {
      for (int more = fresh.size(); more > 0 && start(fresh, open); more--) {
        // each takes what the others have left
      }
      open.await(patience.toNanos() - half, TimeUnit.NANOSECONDS);
    }
  }

  private static Answer answer(Ask ask, boolean neverAsked) {
    if (neverAsked) {
      return new Silence("was not asked, because too many others do not answer");
    }
    Answer answer = ask.answer;
    return answer != null ? answer : new Silence("has not answered since " + ask.since);
  }

  private boolean start(Queue<Ask> fresh, CountDownLatch open) {
    if (threads.incrementAndGet() > MOST_THREADS) {
      threads.decrementAndGet();
      return false;
    }
    Thread thread = new Thread(() -> work(fresh, open), "host-filesystems");
    thread.setDaemon(true);
    boolean started = false;
    try {
      thread.start();
      started = true;
    } finally {
      if (!started) {
        threads.decrementAndGet();
      }
    }
    return true;
  }

  private void work(Queue<Ask> fresh, CountDownLatch open) {
    try {
      for (Ask ask; (ask = fresh.poll()) != null; ) {
        ask.answer = answerOf(ask.path);
        open.countDown();
      }
    } finally {
      threads.decrementAndGet();
    }
  }

  private Answer answerOf(String path) {
    try {
      return stat.of(path);
    } catch (RuntimeException defect) {
      return new Failure(Health.UNKNOWN, "could not be asked: " + defect);
    }
  }
}
