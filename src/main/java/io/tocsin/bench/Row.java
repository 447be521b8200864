package io.tocsin.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What a trial came to.
 *
 * @param engine what was measured
 * @param resources size of the fleet
 * @param samplesPerSecond samples it took
 * @param cpuPerMillionPoints CPU seconds, by process; those that are not charged to the engine,
 *     such as the generator, are in none of the sums
 * @param peakBytes most memory resident, by process
 * @param stateBytes what it keeps on disk to go on from; null where it keeps none
 * @param paced how fresh its results were; null where that was not measured
 * @param check whether its results were right; null where there is nothing to check
 * @param profile where the time went, by heading; empty where that was not recorded
 * @param notes what else there is to say
 */
public record Row(
    String engine,
    int resources,
    double samplesPerSecond,
    Map<String, Double> cpuPerMillionPoints,
    Map<String, Long> peakBytes,
    Long stateBytes,
    Paced paced,
    Check check,
    Map<String, List<FlightTable.Line>> profile,
    List<String> notes) {

  /** The generator makes the load; a pipeline has agents instead. */
  static final String GENERATOR = "generator";

  /**
   * The phase in which samples come at an even rate.
   *
   * @param samplesPerSecond that rate
   * @param fresh from when a sample was due to be sent to when a reader had the window update with
   *     it
   * @param mostLag most records that waited at any look
   */
  public record Paced(double samplesPerSecond, Latencies.Summary fresh, long mostLag) {}

  /**
   * Whether each sample is in exactly one final window of 10 s.
   *
   * @param expected intervals that the fleet made
   * @param found intervals in final windows
   * @param updates windows sent that were not final
   * @param finals final windows of any size
   * @param counters what the engine counted
   */
  public record Check(long expected, long found, long updates, long finals, String counters) {
    /** Whether nothing is missing and nothing there twice. */
    public boolean isRight() {
      return expected == found;
    }
  }

  /** Numbers per second. */
  @JsonProperty("pointsPerSecond")
  public double pointsPerSecond() {
    return samplesPerSecond * SamplePoint.ALL.size();
  }

  /** CPU seconds per million points of all processes but the generator. */
  @JsonProperty("cpuOfAll")
  public double cpuOfAll() {
    return cpuPerMillionPoints.entrySet().stream()
        .filter(part -> !part.getKey().equals(GENERATOR))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** Peak memory of all processes but the generator. */
  @JsonProperty("peakOfAll")
  public long peakOfAll() {
    return peakBytes.entrySet().stream()
        .filter(part -> !part.getKey().equals(GENERATOR))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
