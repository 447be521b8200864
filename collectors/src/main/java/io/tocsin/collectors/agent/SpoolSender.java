package io.tocsin.collectors.agent;

import io.tocsin.collectors.agent.Counts.Count;
import io.tocsin.collectors.spool.Spooled;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that sends, from memory as long as it keeps up and from the disk when it does not,
 * always in the order in which records came.
 */
final class SpoolSender implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolSender.class);
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SpoolState state;
  private final Delivery delivery;
  private final Ticker ticker;
  private final Set<String> told = new HashSet<>();

  /** Reasons since something was last sent, each told once. */
  private final Set<String> failing = new HashSet<>();

  private long pause = FIRST_PAUSE_NANOS;
  private volatile boolean stopping;
  private volatile boolean finishing;

  SpoolSender(SpoolState state, Publisher publisher, Ticker ticker) {
    this.state = state;
    this.delivery = new Delivery(publisher);
    this.ticker = ticker;
  }

  /** Sends what is in memory, unless that fails, and ends. */
  void finish() {
    finishing = true;
    wake();
  }

  void stop() {
    stopping = true;
    wake();
  }

  private void wake() {
    state.lock.lock();
    try {
      state.toSend.signalAll();
    } finally {
      state.lock.unlock();
    }
  }

  @Override
  public void run() {
    try {
      while (!stopping && !(finishing && finished())) {
        Parcel next = next();
        if (next != null) {
          send(next);
        }
      }
    } catch (InterruptedException stopped) {
      LOG.debug("sender stopped");
    }
  }

  /** What is on the disk waits for the next start. */
  private boolean finished() {
    state.lock.lock();
    try {
      boolean nothingLeft = state.flight.isEmpty() && state.unsent.isEmpty();
      return !failing.isEmpty() || state.spool.unread() > 0 || nothingLeft;
    } finally {
      state.lock.unlock();
    }
  }

  /** The next one to send; null if there is none now. */
  private Parcel next() throws InterruptedException {
    state.lock.lockInterruptibly();
    try {
      Flight flight = state.flight;
      int overdue = flight.checkTimeout(ticker.nanos());
      if (overdue > 0) {
        LOG.warn("{} records were not answered for; they are sent again", overdue);
      }
      if (flight.failed()) {
        turnBack(flight);
        return null;
      }
      if (flight.full()) {
        state.toSend.awaitNanos(IDLE_NANOS);
        return null;
      }
      Parcel next = flight.again();
      if (next == null && state.spool.unread() == 0) {
        next = state.unsent.poll();
        if (next == null) {
          state.toSend.awaitNanos(IDLE_NANOS);
        }
      }
      if (next != null) {
        flight.launch(next, ticker.nanos());
        return next;
      }
      if (state.spool.unread() == 0) {
        return null;
      }
      state.reading = state.spool.cursor();
    } finally {
      state.lock.unlock();
    }
    return fromDisk();
  }

  private Parcel fromDisk() throws InterruptedException {
    Spooled spooled = state.spool.reader().next();
    state.lock.lockInterruptibly();
    try {
      state.reading = Parcel.NONE;
      if (spooled == null) {
        if (state.spool.unread() > 0) {
          rest(state.toSend, FIRST_PAUSE_NANOS);
        }
        return null;
      }
      Parcel next = new Parcel(spooled);
      state.flight.launch(next, ticker.nanos());
      return next;
    } finally {
      state.lock.unlock();
    }
  }

  private void turnBack(Flight flight) throws InterruptedException {
    if (flight.outstanding() > 0) {
      state.toSend.awaitNanos(IDLE_NANOS);
      return;
    }
    int repeated = flight.turnBack();
    if (repeated > 0) {
      state.counts.add(Count.REPEATED, repeated, "order");
    }
    rest(state.toSend, pause);
    pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
  }

  private void rest(Condition condition, long nanos) throws InterruptedException {
    for (long left = nanos; left > 0 && !stopping && !finishing; ) {
      left = condition.awaitNanos(left);
    }
  }

  private void send(Parcel parcel) {
    int attempt = parcel.attempt;
    delivery
        .deliver(parcel.outgoing)
        .whenComplete((done, failure) -> landed(parcel, attempt, failure));
  }

  private void landed(Parcel parcel, int attempt, Throwable failure) {
    state.lock.lock();
    try {
      if (parcel.attempt != attempt) {
        return;
      }
      if (failure == null) {
        state.flight.arrived(parcel);
        arrived(parcel.outgoing.topic().name());
      } else {
        Verdict verdict = Verdict.of(failure);
        if (state.flight.failed(parcel, verdict)) {
          state.drop(verdict.reason());
          tellOnce(parcel, verdict, failure);
        } else {
          failed(parcel, verdict, failure);
        }
      }
      state.toSend.signal();
    } finally {
      state.lock.unlock();
    }
  }

  private void arrived(String topic) {
    state.counts.add(Count.SENT, 1, topic);
    pause = FIRST_PAUSE_NANOS;
    if (!failing.isEmpty()) {
      failing.clear();
      LOG.info("sending again; {} records wait on disk", state.spool.unread());
    }
  }

  private void failed(Parcel parcel, Verdict verdict, Throwable failure) {
    if (failing.add(verdict.reason())) {
      LOG.warn(
          "a record for {} cannot be sent now: {}. Measuring goes on; what cannot be sent is kept"
              + " in the spool",
          parcel.outgoing.topic(),
          Delivery.shortened(Verdict.cause(failure)));
    }
  }

  private void tellOnce(Parcel parcel, Verdict verdict, Throwable failure) {
    if (told.add(parcel.outgoing.topic() + verdict.reason())) {
      LOG.warn(
          "a record for {} will never be taken and is dropped: {}. Further ones are counted only",
          parcel.outgoing.topic(),
          Delivery.shortened(Verdict.cause(failure)));
    }
  }
}
