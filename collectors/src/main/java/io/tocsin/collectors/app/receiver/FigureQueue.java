package io.tocsin.collectors.app.receiver;

import io.tocsin.collectors.app.figure.Figure;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was taken in since the last pass, up to a limit that what is just being read counts towards.
 * A request gets in whole or not at all, so that a sender who is told to come again sends nothing
 * twice. Thread-safe; an {@link Intake} belongs to one thread.
 */
final class FigureQueue {

  /** There is no room; thrown through parsers, so unchecked and without a stack trace. */
  static final class Full extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Whether there would not even be room in an empty queue. */
    final boolean forEver;

    Full(boolean forEver) {
      super(null, null, false, false);
      this.forEver = forEver;
    }
  }

  /** The figures of one request and when it came. */
  record Batch(Instant at, List<Figure> figures) {}

  private final int limit;
  private final Clock clock;
  private List<Batch> waiting = new ArrayList<>();
  private int reserved;

  FigureQueue(int limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  int limit() {
    return limit;
  }

  /** Begins to take in one request. */
  Intake begin() {
    return new Intake();
  }

  /** Takes all out. */
  synchronized List<Batch> drain() {
    List<Batch> drained = waiting;
    waiting = new ArrayList<>();
    for (Batch batch : drained) {
      reserved -= batch.figures().size();
    }
    return drained;
  }

  private synchronized boolean reserve() {
    if (reserved == limit) {
      return false;
    }
    reserved++;
    return true;
  }

  /** The figures of one request. */
  final class Intake implements AutoCloseable {

    private List<Figure> figures = new ArrayList<>();

    private Intake() {}

    /**
     * One more.
     *
     * @throws Full if there is no room for it
     */
    void add(Figure figure) {
      if (!reserve()) {
        throw new Full(figures.size() == limit);
      }
      figures.add(figure);
    }

    /** Puts them into the queue. */
    void commit() {
      synchronized (FigureQueue.this) {
        waiting.add(new Batch(clock.instant(), figures));
      }
      figures = new ArrayList<>();
    }

    /** Gives back the room of what was not put into the queue. */
    @Override
    public void close() {
      synchronized (FigureQueue.this) {
        reserved -= figures.size();
      }
      figures = new ArrayList<>();
    }
  }
}
