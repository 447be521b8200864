package io.tocsin.alerting.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares a series with its own past, and alarms when it goes where it has not been: higher or
 * lower than ever, or with a change of level greater than ever, by a margin that would be crossed
 * once in weeks were the past to go on. It needs no threshold, for that is set by the series
 * itself; multiplying it by a number or adding one changes no judgement.
 *
 * <p>How often it alarms is bounded by design: each view and direction is allowed about one alarm
 * in e^surprise blocks, and every alarm raises the record that the next has to beat. So a lasting
 * fault is said once, when it begins; what keeps an incident open is the rule's business.
 */
public final class Baseline {

  private final BaselineSettings settings;
  private final TailJudge judge;
  private final long blocksOfGeneration;

  /** With these settings. */
  public Baseline(BaselineSettings settings) {
    this.settings = settings;
    this.judge = new TailJudge(settings);
    this.blocksOfGeneration = settings.generation().toMillis() / settings.block().toMillis();
  }

  /**
   * A state and the judgement.
   *
   * @param state to go on from
   * @param finding the most surprising of all views, an alarm before others; empty while too little
   *     is known, or if the value was not used
   * @param isUsed false if the value was not finite, repeated a time or went back in it
   */
  public record Judged(BaselineState state, Optional<Finding> finding, boolean isUsed) {
    /** Whether somebody should hear of it. */
    public boolean isAlarm() {
      return finding.isPresent() && finding.get().isAlarm();
    }
  }

  /** Judges a value by the past and adds it to the past. */
  public Judged update(BaselineState state, Instant at, double value) {
    long millis = at.toEpochMilli();
    if (!Double.isFinite(value) || millis <= state.latest()) {
      return new Judged(state, Optional.empty(), false);
    }
    List<Tail> tails = new ArrayList<>(state.tails());
    List<Finding> findings = new ArrayList<>();
    double largest = Math.max(state.largest(), Math.abs(value));
    look(View.VALUE, value, millis, largest, tails, findings);
    long bin = Math.floorDiv(millis, settings.bin().toMillis());
    Bins bins = state.bins().with(bin, value, settings.binsKept());
    if (state.bins().isClosedBy(bin)) {
      lookAtLevel(View.JUMP, bins, millis, largest, tails, findings);
      lookAtLevel(View.SHIFT, bins, millis, largest, tails, findings);
    }
    long sinceAlarm = millis - state.latestAlarm();
    Optional<Finding> finding =
        findings.stream()
            .map(found -> sinceAlarm < memory(found.view()) ? found.quiet() : found)
            .max(Baseline::compare);
    boolean isAlarm = finding.isPresent() && finding.get().isAlarm();
    long latestAlarm = isAlarm ? millis : state.latestAlarm();
    return new Judged(
        new BaselineState(millis, latestAlarm, largest, bins, List.copyOf(tails)), finding, true);
  }

  /** For how long a view sees what was seen, in milliseconds. */
  private long memory(View view) {
    Duration reference =
        switch (view) {
          case JUMP -> settings.jumpReference();
          case SHIFT -> settings.shiftReference();
          default -> Duration.ZERO;
        };
    return settings.recent().plus(reference).toMillis();
  }

  private void lookAtLevel(
      View view, Bins bins, long millis, double largest, List<Tail> tails, List<Finding> findings) {
    double change = Level.change(bins, view, settings.recentBins(), settings.referenceBins(view));
    if (!Double.isNaN(change)) {
      look(view, change, millis, largest, tails, findings);
    }
  }

  private void look(
      View view, double value, long millis, double largest, List<Tail> tails, List<Finding> found) {
    long block = Math.floorDiv(millis, settings.block().toMillis());
    for (boolean isHigh : new boolean[] {true, false}) {
      int index = 2 * view.ordinal() + (isHigh ? 0 : 1);
      Tail tail = tails.get(index);
      judge.judge(tail, view, isHigh, value, largest).ifPresent(found::add);
      double upward = isHigh ? value : -value;
      tails.set(index, tail.with(block, upward, settings.kept(), blocksOfGeneration));
    }
  }

  private static int compare(Finding one, Finding other) {
    int byAlarm = Boolean.compare(one.isAlarm(), other.isAlarm());
    return byAlarm != 0 ? byAlarm : Double.compare(one.surprise(), other.surprise());
  }
}
