package io.tocsin.collectors.security;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The daemon's stream of events, opened again whenever it ends, from the last event on. The daemon
 * keeps its last 256 events and begins with the last one that was seen, so that its absence tells a
 * gap. A stream that is silent for 30 s is opened again, which is how a daemon that hangs is
 * noticed: reading from a Unix socket has no time limit of its own.
 */
final class DockerStream implements AutoCloseable {

  /** Opens a stream; does not wait for it. */
  @FunctionalInterface
  interface Connection {

    /**
     * Asks for events; the callback gets them on another thread.
     *
     * @param since seconds since 1970 with nanoseconds behind a dot
     * @return ends the connection, in whatever state it is
     */
    Closeable open(String since, ResultCallback<Event> callback);
  }

  /** The daemon answers at once, if at all. */
  private static final long ANSWER_NANOS = Duration.ofSeconds(3).toNanos();

  private static final long GIVE_UP_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long SILENCE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long STEADY_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long FIRST_DELAY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MOST_DOUBLINGS = 5;
  private static final int REPLAYED = 1_024;

  private final String where;
  private final Connection connection;
  private final String host;
  private final Consumer<Event> events;
  private final Consumer<Problem> problems;
  private final LongSupplier nanos;
  private final RecentIds seen = new RecentIds(REPLAYED);

  private Session session;
  private long sinceNanos;
  private String lastId;
  private int failures;
  private long retryAtNanos;
  private Problem trouble;

  /**
   * A stream that is not open yet.
   *
   * @param where the socket, for problems
   * @param events gets each event once, in order, on the connection's thread
   * @param problems gets what is lost, on the connection's thread
   * @param nanos a clock that only goes forward
   * @param clock tells from when on events are wanted
   */
  DockerStream(
      String where,
      Connection connection,
      String host,
      Consumer<Event> events,
      Consumer<Problem> problems,
      LongSupplier nanos,
      Clock clock) {
    this.where = where;
    this.connection = connection;
    this.host = host;
    this.events = events;
    this.problems = problems;
    this.nanos = nanos;
    this.retryAtNanos = nanos.getAsLong();
    Instant now = clock.instant();
    this.sinceNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /**
   * Opens the stream where it is not open and it is time to; what is wrong with it, if anything.
   */
  synchronized Optional<Problem> tend() {
    long now = nanos.getAsLong();
    if (session != null && !session.started && now - session.openedNanos > GIVE_UP_NANOS) {
      end(session, notAnswering());
    } else if (session != null && session.started && now - session.heardNanos > SILENCE_NANOS) {
      end(session, null);
    }
    if (session == null && now - retryAtNanos >= 0) {
      session = new Session(now);
      try {
        session.opened(connection.open(since(), session));
      } catch (RuntimeException refused) {
        end(session, new Problem(Reason.UNREADABLE, where, rootOf(refused).toString()));
      }
    }
    if (session != null && session.started) {
      trouble = null;
    } else if (session != null && now - session.openedNanos > ANSWER_NANOS) {
      trouble = notAnswering();
    }
    return Optional.ofNullable(trouble);
  }

  private Problem notAnswering() {
    return new Problem(
        Reason.UNREADABLE, where, "the Docker daemon does not answer; see whether it hangs");
  }

  private String since() {
    return "%d.%09d".formatted(sinceNanos / 1_000_000_000L, sinceNanos % 1_000_000_000L);
  }

  /** A session is over; {@code why} is null where it was only silent. */
  private synchronized void end(Session ended, Problem why) {
    if (session != ended) {
      return;
    }
    session = null;
    ended.close();
    long now = nanos.getAsLong();
    if (ended.started && now - ended.openedNanos >= STEADY_NANOS) {
      failures = 0;
    }
    if (why == null) {
      retryAtNanos = now;
      return;
    }
    trouble = why;
    retryAtNanos = now + (FIRST_DELAY_NANOS << Math.min(failures, MOST_DOUBLINGS));
    failures++;
  }

  /** Whether it comes from the current session and for the first time. */
  private synchronized boolean accept(Session from, Event event) {
    if (session != from) {
      return false;
    }
    String id = DockerEventReader.idOf(host, event);
    boolean isNew = seen.isNew(id);
    from.heardNanos = nanos.getAsLong();
    if (from.isFirst && lastId != null && isNew) {
      problems.accept(
          new Problem(
              Reason.MISSING,
              where,
              "the stream went on without the last event; the daemon was restarted or more than 256"
                  + " events came while it could not be read, and some may be lost"));
    }
    from.isFirst = false;
    long at = DockerEventReader.nanosOf(event);
    if (isNew && at >= sinceNanos) {
      sinceNanos = at;
      lastId = id;
    }
    return isNew;
  }

  private static Throwable rootOf(Throwable error) {
    Throwable root = error;
    for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
      root = root.getCause();
    }
    return root;
  }

  @Override
  public synchronized void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  /** One connection. Its callbacks come from the connection's thread. */
  private final class Session implements ResultCallback<Event> {

    private final long openedNanos;
    private volatile long heardNanos;
    private volatile boolean started;
    private Closeable connected;
    private boolean isOver;
    private boolean isFirst = true;

    Session(long openedNanos) {
      this.openedNanos = openedNanos;
    }

    /** The connection may have ended before whoever opened it gets to know what ends it. */
    synchronized void opened(Closeable connection) {
      connected = connection;
      if (isOver) {
        close();
      }
    }

    @Override
    public void onStart(Closeable stream) {
      heardNanos = nanos.getAsLong();
      started = true;
    }

    @Override
    public void onNext(Event event) {
      if (accept(this, event)) {
        events.accept(event);
      }
    }

    @Override
    public void onError(Throwable error) {
      end(this, new Problem(Reason.UNREADABLE, where, rootOf(error).toString()));
    }

    @Override
    public void onComplete() {
      end(this, new Problem(Reason.UNREADABLE, where, "the daemon ended the stream of events"));
    }

    @Override
    public synchronized void close() {
      isOver = true;
      if (connected != null) {
        try {
          connected.close();
        } catch (IOException | RuntimeException alreadyBroken) {
          // It is let go of either way.
        }
        connected = null;
      }
    }
  }
}
