package io.tocsin.alerting.evaluate;

import java.util.List;

/**
 * Counts of events of one series.
 *
 * @param tiers one for each width of buckets that is needed, finest first
 */
public record BurnState(List<BurnTier> tiers) {}
