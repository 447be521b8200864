package io.tocsin.bench.alerts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What a trial of alerting came to.
 *
 * @param engine what was measured
 * @param resources that report each second
 * @param rules in force
 * @param health breaches that a probe tells
 * @param cpu breaches that a window tells
 * @param unexpected pages about what did not break
 * @param cores CPU time per time, by process
 * @param peakBytes most memory resident, by process
 * @param mostLag most records that waited, by process; empty where that is not known
 * @param notes what else there is to say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertsRow(
    String engine,
    int resources,
    int rules,
    Delays health,
    Delays cpu,
    int unexpected,
    Map<String, Double> cores,
    Map<String, Long> peakBytes,
    Map<String, Long> mostLag,
    List<String> notes) {

  /** Whether people were paged of each breach, and of nothing else. */
  public boolean isRight() {
    return health.missing() == 0 && cpu.missing() == 0 && unexpected == 0;
  }
}
