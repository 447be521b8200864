package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.detect.BaselineState;
import io.tocsin.alerting.detect.RateOfChange;
import io.tocsin.alerting.detect.SeasonState;

/**
 * A detector's past. Each detector has its own part.
 *
 * @param rate the latest values; null elsewhere
 * @param baseline what is usual; null elsewhere
 * @param season what is usual at this hour; null elsewhere
 */
public record Memory(RateOfChange.State rate, BaselineState baseline, SeasonState season) {}
