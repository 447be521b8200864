package io.tocsin.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.exchange.Received;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a batch, for as long as that takes: waits while the store is away, longer each time or as
 * long as it asks; halves what it refuses until what is refused is one record, and gives that one
 * up. A store that refuses one record after another is ill rather than they: from then on it waits
 * before it gives up each further one. Not thread-safe, but for {@link #trouble()}.
 */
final class BatchWriter {

  /** A record and its point. */
  record Entry(Received<?> record, String line) {}

  /** Waits; true if it is time to stop. */
  interface Pause {
    boolean stopped(Duration within);
  }

  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(1);
  private static final int REFUSALS_OF_A_WELL_STORE = 50;

  private final PointStore store;
  private final BiConsumer<Received<?>, String> giveUp;
  private final Pause pause;
  private final Counter stored;
  private final Counter refused;
  private final Counter waits;
  private int refusedInARow;
  private volatile String trouble;

  BatchWriter(
      PointStore store, BiConsumer<Received<?>, String> giveUp, Pause pause, MeterRegistry meters) {
    this.store = store;
    this.giveUp = giveUp;
    this.pause = pause;
    this.stored = meters.counter("tocsin.recorder.points", "outcome", "stored");
    this.refused = meters.counter("tocsin.recorder.points", "outcome", "refused");
    this.waits = meters.counter("tocsin.recorder.waits");
  }

  /** What keeps it from writing, in words; empty while nothing does. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Writes; false if it was stopped before all was written or given up. */
  boolean write(List<Entry> batch) {
    Duration wait = SHORTEST;
    while (!batch.isEmpty()) {
      PointStore.Answer answer = store.write(batch.stream().map(Entry::line).toList());
      if (answer instanceof PointStore.Answer.Stored) {
        stored.increment(batch.size());
        refusedInARow = 0;
        trouble = null;
        return true;
      }
      if (answer instanceof PointStore.Answer.Refused no) {
        return isolate(batch, no.reason());
      }
      PointStore.Answer.Unavailable away = (PointStore.Answer.Unavailable) answer;
      waits.increment();
      trouble = "the history store takes nothing: " + away.reason();
      Duration asked = away.retryAfter();
      Duration next = asked.isZero() ? wait : min(asked, LONGEST_ASKED);
      LOG.warn("{}; trying again in {} ms", trouble, next.toMillis());
      if (pause.stopped(next)) {
        return false;
      }
      wait = min(wait.multipliedBy(2), LONGEST);
    }
    return true;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private boolean isolate(List<Entry> batch, String reason) {
    if (batch.size() > 1) {
      int half = batch.size() / 2;
      return write(batch.subList(0, half)) && write(batch.subList(half, batch.size()));
    }
    if (++refusedInARow > REFUSALS_OF_A_WELL_STORE) {
      trouble = "the history store refuses one point after another: " + reason;
      if (pause.stopped(LONGEST)) {
        return false;
      }
    }
    giveUp.accept(batch.get(0).record(), "the history store refused it: " + reason);
    refused.increment();
    return true;
  }
}
