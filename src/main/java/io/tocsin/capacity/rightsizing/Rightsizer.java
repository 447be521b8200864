package io.tocsin.capacity.rightsizing;

import io.tocsin.capacity.Figure;
import io.tocsin.capacity.Quantile;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.schemas.ResourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says how large VMs, containers and hosts should be. Confidence is the share of {@link
 * RightsizingSettings#fullHistory} that was measured, at most 1; gaps do not count.
 */
public final class Rightsizer {

  /** What is used at least this much of was, for all we know, wanted more of. */
  private static final double USED_UP = 0.95;

  private static final double MIB = 1024 * 1024;
  private static final double VETO_SHARE = 0.95;

  private final RightsizingSettings settings;

  public Rightsizer(RightsizingSettings settings) {
    this.settings = settings;
  }

  /** Advice on CPU and memory of each, in their order. */
  public List<Advice> advise(List<ResourceSeries> fleet) {
    List<Advice> all = new ArrayList<>();
    for (ResourceSeries series : fleet) {
      for (Dimension dimension : Dimension.values()) {
        all.add(advise(series, dimension));
      }
    }
    return all;
  }

  /** Advice on one dimension. */
  public Advice advise(ResourceSeries series, Dimension dimension) {
    double[] used = series.used(dimension.use(), dimension.capacity());
    double days = Quantile.known(used).length * (series.step().toMillis() / 86_400_000.0);
    double has = series.latest(dimension.capacity());
    Optional<String> lacking = lacking(series, dimension, days, has);
    if (lacking.isPresent()) {
      return advice(
          series,
          dimension,
          Verdict.REFUSED,
          has,
          Double.NaN,
          Double.NaN,
          false,
          days,
          lacking.get());
    }
    boolean isCpu = dimension == Dimension.CPU;
    double percentile = isCpu ? settings.cpuPercentile() : settings.memoryPercentile();
    double target = isCpu ? settings.cpuTarget() : settings.memoryTarget();
    double use = DecayingPercentile.of(used, series.step(), settings.halfLife(), percentile);
    double needs = rounded(use / target, series.kind(), dimension);
    double[] shares = series.of(dimension.use());
    double share =
        DecayingPercentile.of(shares, series.step(), settings.halfLife(), percentile) / 100;
    boolean isUsedUp = share >= USED_UP;
    String why =
        String.format(
            Locale.ROOT,
            "%s is %s, and should be %.0f %% of what there is at most",
            percentile == 1 ? "peak use" : "p" + percent(percentile) + " of use",
            Amounts.of(dimension, use),
            100 * target);
    if (needs > has * (1 + settings.tolerance()) || (isUsedUp && needs > has)) {
      String floor = isUsedUp ? "; it was used up, so it may need more" : "";
      return advice(series, dimension, Verdict.GROW, has, needs, use, isUsedUp, days, why + floor);
    }
    if (needs >= has * (1 - settings.tolerance())) {
      return advice(series, dimension, Verdict.KEEP, has, needs, use, isUsedUp, days, why);
    }
    Optional<String> veto = veto(series, dimension);
    return advice(
        series,
        dimension,
        veto.isPresent() ? Verdict.VETOED : Verdict.SHRINK,
        has,
        needs,
        use,
        false,
        days,
        veto.map(shortage -> why + "; but " + shortage).orElse(why));
  }

  private Optional<String> lacking(
      ResourceSeries series, Dimension dimension, double days, double has) {
    if (!series.has(dimension.use())) {
      return Optional.of("nothing is known of its " + dimension.use().word());
    }
    if (Double.isNaN(has) || has <= 0) {
      return Optional.of("its " + dimension.capacity().word() + " are not known");
    }
    Duration least = settings.minimumHistory();
    double needed = least.toMillis() / 86_400_000.0;
    return days < needed
        ? Optional.of(
            String.format(Locale.ROOT, "has %.1f days of history; %.1f are needed", days, needed))
        : Optional.empty();
  }

  private Optional<String> veto(ResourceSeries series, Dimension dimension) {
    for (Figure figure : dimension.vetoes()) {
      double high = Quantile.of(series.of(figure), VETO_SHARE);
      Double limit = settings.vetoes().get(figure);
      if (limit != null && high > limit) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "its %s has a p95 of %.1f %%, above %.1f %%: it is short already",
                figure.word(),
                high,
                limit));
      }
    }
    return Optional.empty();
  }

  private Advice advice(
      ResourceSeries series,
      Dimension dimension,
      Verdict verdict,
      double has,
      double needs,
      double used,
      boolean isFloor,
      double days,
      String reason) {
    double confidence = Math.min(1, days * 86_400_000.0 / settings.fullHistory().toMillis());
    return new Advice(
        series.id(),
        series.service(),
        dimension,
        verdict,
        has,
        needs,
        used,
        isFloor,
        confidence,
        days,
        reason);
  }

  /**
   * Up to what can be given: whole cores and 256 MiB to a VM or host, 10 millicores and 16 MiB to a
   * container; at least one of them.
   */
  private static double rounded(double amount, ResourceKind kind, Dimension dimension) {
    boolean isContainer = kind == ResourceKind.CONTAINER;
    double unit =
        dimension == Dimension.CPU ? (isContainer ? 0.01 : 1) : (isContainer ? 16 : 256) * MIB;
    // A last digit must not cost a core.
    double units = Math.max(1, Math.ceil(amount / unit - 1e-9));
    return isContainer && dimension == Dimension.CPU ? units / 100 : units * unit;
  }

  private static String percent(double share) {
    double percent = Math.round(share * 1000) / 10.0;
    return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
  }
}
