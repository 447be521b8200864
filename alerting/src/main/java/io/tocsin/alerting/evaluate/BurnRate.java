package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Derivation.BurnWindows;
import io.tocsin.alerting.signal.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How fast an error budget burns, over several pairs of windows: the share that failed, divided by
 * the share that may fail. The long window of a pair makes sure that it matters, the short one that
 * it still goes on. A window with too few events says nothing, so that one error of a quiet night
 * pages nobody; and a pair says nothing before events have been counted for as long as its short
 * window, as a minute after a start no budget of days has burnt.
 *
 * <p>Counts are kept in buckets, at most 120 of each width; so a window begins at a bucket's
 * beginning, and its length is off by less than one bucket: a sixtieth or less for the windows that
 * the workbook names. Counts of 1 h/5 min, 6 h/30 min and 3 d/6 h take 3.5 KB.
 *
 * @see <a href="https://sre.google/workbook/alerting-on-slos/">The Site Reliability Workbook,
 *     chapter 5, 6: multiwindow, multi-burn-rate alerts</a>
 */
public final class BurnRate {

  /** Widest windows for each width of buckets; longer ones get buckets of whole hours. */
  private static final Map<Duration, Duration> WIDTHS =
      Map.of(
          Duration.ofMinutes(10), Duration.ofSeconds(10),
          Duration.ofHours(2), Duration.ofMinutes(1),
          Duration.ofHours(12), Duration.ofMinutes(10));

  private static final TreeMap<Duration, Duration> WIDTH_UP_TO = new TreeMap<>(WIDTHS);

  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  /** Buckets of the longest windows. */
  private static final long MOST_HOURS = 72;

  private final Derivation.BurnRate rule;

  /** The burn rate that a rule asks for. */
  public BurnRate(Derivation.BurnRate rule) {
    this.rule = rule;
  }

  /** Before the first event. */
  public BurnState empty() {
    TreeMap<Long, Long> lengths = new TreeMap<>();
    for (BurnWindows pair : rule.pairs()) {
      for (Duration window : List.of(pair.longWindow(), pair.shortWindow())) {
        long width = width(window);
        lengths.merge(width, buckets(window, width), Math::max);
      }
    }
    List<BurnTier> tiers = new ArrayList<>();
    lengths.forEach((width, buckets) -> tiers.add(BurnTier.empty(width, Math.toIntExact(buckets))));
    return new BurnState(List.copyOf(tiers), 0, 0);
  }

  /** With more events; those older than the longest window are left out. */
  public BurnState with(BurnState state, Instant at, double bad, double total) {
    long atMs = at.toEpochMilli();
    return state.with(
        state.tiers().stream().map(tier -> tier.with(atMs, bad, total)).toList(), atMs);
  }

  /**
   * What the counts say at a moment: {@code burn}, the lower burn rate of the worst pair's two
   * windows, {@code burn_long} and {@code burn_short} those two, {@code burn_factor} what that pair
   * allows, {@code burning} whether a pair burns faster than it allows in both windows, {@code
   * burn_events} events in the worst pair's long window. All unknown with too few events.
   */
  public Fields figures(BurnState state, Instant at) {
    Burn worst = null;
    for (BurnWindows pair : rule.pairs()) {
      Burn burn = burn(state, at, pair);
      if (burn != null && (worst == null || burn.ofAllowed() > worst.ofAllowed())) {
        worst = burn;
      }
    }
    return worst == null ? Fields.NONE : worst;
  }

  private Burn burn(BurnState state, Instant at, BurnWindows pair) {
    double events = sum(state, at, pair.longWindow(), false);
    double recent = sum(state, at, pair.shortWindow(), false);
    boolean isNew = state.countedAt(at.toEpochMilli()) < pair.shortWindow().toMillis();
    if (events < Math.max(1, rule.minimumEvents()) || recent <= 0 || isNew) {
      return null;
    }
    double allowed = 1 - rule.objective();
    return new Burn(
        sum(state, at, pair.longWindow(), true) / events / allowed,
        sum(state, at, pair.shortWindow(), true) / recent / allowed,
        pair.factor(),
        events);
  }

  private static double sum(BurnState state, Instant at, Duration window, boolean bad) {
    long width = width(window);
    for (BurnTier tier : state.tiers()) {
      if (tier.widthMs() == width) {
        float[] counts = bad ? tier.bad() : tier.total();
        return tier.sum(counts, at.toEpochMilli(), buckets(window, width));
      }
    }
    return 0;
  }

  private static long width(Duration window) {
    Map.Entry<Duration, Duration> width = WIDTH_UP_TO.ceilingEntry(window);
    if (width != null) {
      return width.getValue().toMillis();
    }
    return HOUR_MS * ceil(window.toMillis(), HOUR_MS * MOST_HOURS);
  }

  private static long buckets(Duration window, long width) {
    return ceil(window.toMillis(), width);
  }

  private static long ceil(long dividend, long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }

  private record Burn(double inLong, double inShort, double factor, double events)
      implements Fields {

    double rate() {
      return Math.min(inLong, inShort);
    }

    double ofAllowed() {
      return rate() / factor;
    }

    @Override
    public Object get(String name) {
      return switch (name) {
        case "burn" -> rate();
        case "burn_long" -> inLong;
        case "burn_short" -> inShort;
        case "burn_factor" -> factor;
        case "burning" -> rate() > factor;
        case "burn_events" -> events;
        default -> null;
      };
    }
  }
}
