package io.tocsin.pipeline;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tocsin.schemas.seal.SealCounts;
import io.tocsin.schemas.seal.SealVerdict.Reason;

/**
 * What the process found wrong with the seals of agents' records: {@code tocsin.seal.refused} and
 * {@code tocsin.seal.warned}, each by reason.
 */
final class SealMeters implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry meters) {
    for (Reason reason : Reason.values()) {
      FunctionCounter.builder(
              "tocsin.seal.refused", SealCounts.PROCESS, counts -> counts.refused(reason))
          .tag("reason", reason.tag())
          .register(meters);
      FunctionCounter.builder(
              "tocsin.seal.warned", SealCounts.PROCESS, counts -> counts.warned(reason))
          .tag("reason", reason.tag())
          .register(meters);
    }
  }
}
