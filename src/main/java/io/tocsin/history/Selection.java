package io.tocsin.history;

import io.tocsin.schemas.LatencyWindow;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which records of a batch are written. Of the updates of one open window only the newest is; those
 * of windows longer than 10 s are left to their final one, which comes within the minute.
 */
final class Selection {

  /** Why a record is not written. */
  enum Reason {
    WRITTEN,
    /** A newer record of the batch says the same window anew. */
    OVERTAKEN,
    /** An update of an open window that is not the smallest, or for which the store has no time. */
    UPDATE
  }

  private final UpdateBudget budget;

  Selection(Clock clock) {
    this.budget = new UpdateBudget(clock);
  }

  private record Identity(String topic, String resource, long startsAt, long sizeMs, String part) {}

  private record Open(Identity identity, boolean isFinal) {}

  /** By place in the batch. */
  Reason[] of(List<Received<?>> batch) {
    Map<Identity, Integer> newest = new HashMap<>();
    Open[] windows = new Open[batch.size()];
    for (int place = 0; place < windows.length; place++) {
      windows[place] = window(batch.get(place));
      if (windows[place] != null) {
        newest.put(windows[place].identity, place);
      }
    }
    Reason[] reasons = new Reason[windows.length];
    for (int place = 0; place < windows.length; place++) {
      reasons[place] = reason(windows[place], place, newest);
    }
    return reasons;
  }

  private Reason reason(Open window, int place, Map<Identity, Integer> newest) {
    if (window == null) {
      return Reason.WRITTEN;
    }
    if (newest.get(window.identity) != place) {
      return Reason.OVERTAKEN;
    }
    boolean isWanted =
        window.isFinal
            || window.identity.sizeMs == Tier.TEN_SECONDS.size().toMillis() && budget.take();
    return isWanted ? Reason.WRITTEN : Reason.UPDATE;
  }

  private static Open window(Received<?> record) {
    if (record.value() instanceof Window window) {
      return open(
          record,
          window.getResourceId(),
          window.getStartsAt().toEpochMilli(),
          window.getSizeMs(),
          "",
          window.getIsFinal());
    }
    if (record.value() instanceof ThroughputWindow window) {
      return open(
          record,
          window.getResourceId(),
          window.getStartsAt().toEpochMilli(),
          window.getSizeMs(),
          WindowPoints.source(window),
          window.getIsFinal());
    }
    if (record.value() instanceof LatencyWindow window) {
      return open(
          record,
          window.getResourceId(),
          window.getStartsAt().toEpochMilli(),
          window.getSizeMs(),
          window.getSource().name(),
          window.getIsFinal());
    }
    return null;
  }

  private static Open open(
      Received<?> record,
      String resource,
      long startsAt,
      long sizeMs,
      String part,
      boolean isFinal) {
    return new Open(new Identity(record.topic().name(), resource, startsAt, sizeMs, part), isFinal);
  }
}
