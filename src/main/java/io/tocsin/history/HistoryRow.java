package io.tocsin.history;

import java.time.Instant;

/**
 * Figures of one resource over one step.
 *
 * @param at begin of the step, or of the window where no step was asked for
 * @param resource id of the resource; {@code *} where the question was for all of them together
 * @param part what tells this series from others of the resource: the source of latencies and
 *     throughput, the name of a business figure; empty where there is but one
 * @param values the figures in the order of the question; {@code NaN} where nothing was measured.
 *     The array belongs to the row.
 */
public record HistoryRow(Instant at, String resource, String part, double[] values) {

  /** Stands for all resources together. */
  public static final String TOGETHER = "*";
}
