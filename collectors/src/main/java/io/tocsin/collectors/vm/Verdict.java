package io.tocsin.collectors.vm;

import io.tocsin.schemas.Health;
import io.tocsin.schemas.StateSample;

/** Whether a domain is reported on, and how it is. */
sealed interface Verdict {

  /** It is reported. */
  record Report(Health health, String state, String evidence) implements Verdict {

    StateSample sample() {
      return StateSample.newBuilder()
          .setHealth(health)
          .setState(state)
          .setEvidence(evidence)
          .build();
    }
  }

  /** It is not, since nobody expects it to run. */
  record LeaveOut(String reason) implements Verdict {}
}
