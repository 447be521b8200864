package io.tocsin.capacity.choice;

import io.tocsin.capacity.cost.Technology;
import java.util.List;

/**
 * Where a workload belongs, and why.
 *
 * @param id of the resource
 * @param service it belongs to; empty if unknown
 * @param runsIn what it runs in now
 * @param verdict where it belongs
 * @param vm total score, from 0 to 1; NaN with insufficient data
 * @param container total score, from 0 to 1; NaN with insufficient data
 * @param scores by criterion; empty with insufficient data
 * @param measured share of the weights that rests on measurements
 * @param reason in words
 */
public record Choice(
    String id,
    String service,
    Technology runsIn,
    Verdict verdict,
    double vm,
    double container,
    List<Score> scores,
    double measured,
    String reason) {

  /** Whether anything has to be moved. */
  public boolean isMove() {
    return switch (verdict) {
      case VM -> runsIn != Technology.VM;
      case CONTAINER -> runsIn != Technology.CONTAINER;
      case HYBRID -> true;
      case INSUFFICIENT_DATA -> false;
    };
  }
}
