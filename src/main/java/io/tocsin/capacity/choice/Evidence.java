package io.tocsin.capacity.choice;

import io.tocsin.capacity.Figure;
import io.tocsin.capacity.Quantile;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.capacity.cost.Technology;
import io.tocsin.capacity.cost.Traced;
import io.tocsin.capacity.rightsizing.Advice;

/**
 * What was measured of a workload. NaN where something was not.
 *
 * @param id of the resource
 * @param service it belongs to; empty if unknown
 * @param runsIn what it runs in now
 * @param cpu advice on its cores
 * @param memory advice on its memory
 * @param burstiness 99th percentile of CPU use over its median; the median is taken as 1 % at
 *     least, so that an idle machine's hiccups are no bursts
 * @param waitingPercent p95 of what a VM waits for real CPUs: the greater of steal and vCPU delay
 * @param throttledPercent p95 of what a CPU limit holds a container back
 * @param vmCost a month, at the size it should have; null without a price book
 * @param containerCost the same
 */
public record Evidence(
    String id,
    String service,
    Technology runsIn,
    Advice cpu,
    Advice memory,
    double burstiness,
    double waitingPercent,
    double throttledPercent,
    Traced vmCost,
    Traced containerCost) {

  /** Of a series and the advice on it. */
  public static Evidence of(
      ResourceSeries series, Advice cpu, Advice memory, Traced vmCost, Traced containerCost) {
    double[] use = series.of(Figure.CPU_PERCENT);
    double waiting = high(series, Figure.STEAL_PERCENT);
    double delay = high(series, Figure.VCPU_DELAY_PERCENT);
    return new Evidence(
        series.id(),
        series.service(),
        Technology.of(series.kind()),
        cpu,
        memory,
        Math.max(1, Quantile.of(use, 0.99)) / Math.max(1, Quantile.median(use)),
        Double.isNaN(waiting) ? delay : Double.isNaN(delay) ? waiting : Math.max(waiting, delay),
        high(series, Figure.THROTTLED_PERCENT),
        vmCost,
        containerCost);
  }

  private static double high(ResourceSeries series, Figure figure) {
    return Quantile.of(series.of(figure), 0.95);
  }
}
