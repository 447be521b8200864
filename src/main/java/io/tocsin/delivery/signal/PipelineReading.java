package io.tocsin.delivery.signal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the API said of the pipeline. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PipelineReading.Silent.class, name = "silent"),
  @JsonSubTypes.Type(value = PipelineReading.Known.class, name = "known")
})
public sealed interface PipelineReading {

  /** Nothing, or not all that has to be known; {@code why} is for people. */
  record Silent(String why) implements PipelineReading {}

  /**
   * All of it.
   *
   * @param lag records that wait, by consumer group and topic: {@code group/topic}
   * @param letters what could not be used, newest first
   * @param allLetters whether these are all there are; there may be older ones otherwise
   * @param refusals what was left out, by topology, reason and agent; it only grows
   * @param incidents open incidents
   */
  record Known(
      Map<String, Long> lag,
      List<Letter> letters,
      boolean allLetters,
      Map<String, Long> refusals,
      List<OpenIncident> incidents)
      implements PipelineReading {
    public Known {
      lag = Map.copyOf(lag);
      letters = List.copyOf(letters);
      refusals = Map.copyOf(refusals);
      incidents = List.copyOf(incidents);
    }
  }

  /** A record that a stage could not use; {@code id} names topic, partition and offset. */
  record Letter(String id, String stage, String reason, Instant at) {}

  /** An incident, as far as it matters whether it is about Tocsin itself. */
  record OpenIncident(
      String id, String rule, String service, String priority, String summary, Instant startedAt) {}
}
