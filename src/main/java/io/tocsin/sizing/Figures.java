package io.tocsin.sizing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What things cost, as it was measured; {@code figures.yaml} beside this class has the values and
 * where each is from.
 *
 * @param pointsPerSample numbers in a sample
 * @param streamsCpu of the streams, for a million points
 * @param brokerCpu of one broker, for a million points, one copy
 * @param streamsState heap that the streams keep for a resource
 * @param streamsBase heap and other memory of an instance with nothing to do
 * @param sampleBytes a sample on the wire and on a broker's disk
 * @param windowBytes a window record there
 * @param throughputBytes a throughput window there
 * @param windowsPerSample window records for a sample of one second
 * @param throughputsPerSample throughput records for it
 * @param changelogBytes what the streams write for themselves, for each sample
 * @param alertingCpu of the alerting job, for a record that it evaluates
 * @param alertingState what the job keeps for a resource under 100 rules
 * @param alertingBase memory of the job with nothing to do
 * @param recorderPoints that one recorder takes from its topics into the store
 * @param storePoints that one QuestDB takes
 * @param windowRow a row of windows in QuestDB
 * @param throughputRow a row of throughputs in QuestDB
 * @param consoleState what a console keeps for a resource
 * @param consoleBase memory of a console with nothing to do
 * @param agentMemory resident memory of an agent
 * @param partitionSamples that one partition's stream thread takes
 */
public record Figures(
    Measured pointsPerSample,
    Measured streamsCpu,
    Measured brokerCpu,
    Measured streamsState,
    Measured streamsBase,
    Measured sampleBytes,
    Measured windowBytes,
    Measured throughputBytes,
    Measured windowsPerSample,
    Measured throughputsPerSample,
    Measured changelogBytes,
    Measured alertingCpu,
    Measured alertingState,
    Measured alertingBase,
    Measured recorderPoints,
    Measured storePoints,
    Measured windowRow,
    Measured throughputRow,
    Measured consoleState,
    Measured consoleBase,
    Measured agentMemory,
    Measured partitionSamples) {

  private static final YAMLMapper YAML =
      YAMLMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).build();

  /** Those that come with Tocsin. */
  public static Figures shipped() {
    try (InputStream text = Figures.class.getResourceAsStream("figures.yaml")) {
      return YAML.readValue(text, Figures.class);
    } catch (IOException broken) {
      throw new UncheckedIOException("figures.yaml", broken);
    }
  }

  /**
   * The same, with what {@code tocsin bench --json} measured on a machine of one's own; its largest
   * fleet counts.
   *
   * @param bench what it printed
   * @param where what to call it
   * @throws IllegalArgumentException if there is no row of the streams in it
   */
  public Figures measuredBy(JsonNode bench, String where) {
    JsonNode best = null;
    for (JsonNode row : bench.path("rows")) {
      boolean streams = row.path("engine").asText().equals("streams");
      if (streams && (best == null || size(best) <= size(row))) {
        best = row;
      }
    }
    if (best == null) {
      throw new IllegalArgumentException(
          "no row of the streams is in it; make it with tocsin bench --only streams --json");
    }
    JsonNode cpu = best.path("cpuPerMillionPoints");
    return new Figures(
        pointsPerSample,
        streamsCpu.measuredAs(cpu.path("streams").asDouble(), where),
        brokerCpu.measuredAs(cpu.path("broker").asDouble(), where),
        streamsState,
        streamsBase,
        sampleBytes,
        windowBytes,
        throughputBytes,
        windowsPerSample,
        throughputsPerSample,
        changelogBytes,
        alertingCpu,
        alertingState,
        alertingBase,
        recorderPoints,
        storePoints,
        windowRow,
        throughputRow,
        consoleState,
        consoleBase,
        agentMemory,
        partitionSamples.measuredAs(
            best.path("samplesPerSecond").asDouble() / bench.path("threads").asDouble(1), where));
  }

  private static int size(JsonNode row) {
    return row.path("resources").asInt();
  }
}
