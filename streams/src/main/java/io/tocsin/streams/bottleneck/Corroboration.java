package io.tocsin.streams.bottleneck;

import io.tocsin.schemas.BottleneckKind;
import io.tocsin.streams.window.Interval;
import io.tocsin.streams.window.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What else speaks for a bottleneck. A busy CPU may be one that is put to good use; tasks that wait
 * for it (PSI, https://docs.kernel.org/accounting/psi.html) are a shortage.
 *
 * @param verdict what it adds to the confidence
 * @param words the findings, one each
 */
record Corroboration(Verdict verdict, List<String> words) {

  /** Weight of the second evidence. */
  enum Verdict {
    /** It was measured and says no. */
    CONTRADICTS(0),
    /** Nothing was measured that could say. */
    SILENT(0.5),
    /** It was measured and says yes. */
    AGREES(1);

    final double weight;

    Verdict(double weight) {
      this.weight = weight;
    }
  }

  /** Share of time or traffic from which on a second evidence speaks for a shortage; ours. */
  private static final double STALLED_PERCENT = 10;

  private static final double STOLEN_PERCENT = 10;
  private static final double RETRANSMIT_PERCENT = 1;

  static boolean isStolen(Interval interval) {
    return interval.value(Metric.STEAL_PERCENT) >= STOLEN_PERCENT;
  }

  static Corroboration of(BottleneckKind kind, Interval interval) {
    Findings findings = new Findings(interval);
    switch (kind) {
      case CPU -> {
        findings.look(
            Metric.CPU_PRESSURE, STALLED_PERCENT, "some task waited for a CPU %.0f %% of the time");
        // Little steal is the rule and contradicts nothing.
        if (isStolen(interval)) {
          findings.look(
              Metric.STEAL_PERCENT, STOLEN_PERCENT, "the hypervisor stole %.0f %% of the CPU time");
        }
      }
      case MEMORY ->
          findings.look(
              Metric.MEMORY_PRESSURE,
              STALLED_PERCENT,
              "some task waited for memory %.0f %% of the time");
      case IO ->
          findings.look(
              Metric.IO_PRESSURE,
              STALLED_PERCENT,
              "some task waited for disks %.0f %% of the time");
      case NETWORK ->
          findings.look(
              Metric.RETRANSMIT_PERCENT,
              RETRANSMIT_PERCENT,
              "%.1f %% of the TCP segments were sent again");
      case UNSPECIFIED -> {}
    }
    return new Corroboration(findings.verdict, findings.words);
  }

  private static final class Findings {
    private final Interval interval;
    private final List<String> words = new ArrayList<>();
    private Verdict verdict = Verdict.SILENT;

    Findings(Interval interval) {
      this.interval = interval;
    }

    void look(Metric metric, double from, String format) {
      double value = interval.value(metric);
      if (Double.isNaN(value)) {
        return;
      }
      words.add(String.format(Locale.ROOT, format, value));
      if (value >= from) {
        verdict = Verdict.AGREES;
      } else if (verdict == Verdict.SILENT) {
        verdict = Verdict.CONTRADICTS;
      }
    }
  }
}
