package io.tocsin.streams.policy;

import io.tocsin.schemas.Severity;
import io.tocsin.schemas.SeverityTotals;
import io.tocsin.schemas.TallyBoard;
import io.tocsin.schemas.Violation;
import io.tocsin.schemas.ViolationTally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Counts violations by name, for a bounded number of names. Where there is no room for another, the
 * one whose newest violation is the oldest goes into the others, so that what happens now is seen
 * by name and the sum stays right.
 */
final class Tallies {

  /** Most names. */
  static final int NAMES = 100;

  private static final int LONGEST_NAME = 300;
  private static final Comparator<ViolationTally> OLDEST =
      Comparator.comparing(ViolationTally::getLatestAt).thenComparing(ViolationTally::getName);

  private Tallies() {}

  static SeverityTotals none() {
    return new SeverityTotals(0L, 0L, 0L, 0L);
  }

  static TallyBoard empty() {
    return new TallyBoard(List.of(), none(), 0L);
  }

  /** Counts a violation under a name. */
  static void count(TallyBoard board, String name, Violation violation) {
    String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    List<ViolationTally> entries = new ArrayList<>(board.getEntries());
    ViolationTally entry =
        entries.stream().filter(each -> each.getName().equals(shown)).findFirst().orElse(null);
    if (entry == null) {
      entry = new ViolationTally(shown, none(), violation.getAt());
      entries.add(entry);
    }
    add(entry.getTotals(), violation.getSeverity());
    entry.setLatestAt(later(entry.getLatestAt(), violation.getAt()));
    if (entries.size() > NAMES) {
      ViolationTally oldest = entries.stream().min(OLDEST).orElseThrow();
      entries.remove(oldest);
      addAll(board.getOthers(), oldest.getTotals());
      board.setFolded(board.getFolded() + 1);
    }
    entries.sort(Comparator.comparing(ViolationTally::getName));
    board.setEntries(entries);
  }

  static void add(SeverityTotals totals, Severity severity) {
    switch (severity) {
      case CRITICAL -> totals.setCritical(totals.getCritical() + 1);
      case HIGH -> totals.setHigh(totals.getHigh() + 1);
      case MEDIUM -> totals.setMedium(totals.getMedium() + 1);
      case LOW, INFO, UNSPECIFIED -> totals.setLow(totals.getLow() + 1);
    }
  }

  private static void addAll(SeverityTotals to, SeverityTotals more) {
    to.setCritical(to.getCritical() + more.getCritical());
    to.setHigh(to.getHigh() + more.getHigh());
    to.setMedium(to.getMedium() + more.getMedium());
    to.setLow(to.getLow() + more.getLow());
  }

  static long sum(SeverityTotals totals) {
    return totals.getCritical() + totals.getHigh() + totals.getMedium() + totals.getLow();
  }

  static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
