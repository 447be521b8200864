package io.tocsin.delivery.signal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.Optional;

/** What an instance said of itself. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = InstanceReading.Silent.class, name = "silent"),
  @JsonSubTypes.Type(value = InstanceReading.Answered.class, name = "answered")
})
public sealed interface InstanceReading {

  /** Why it is not ready with a version, for people; empty if it is. */
  default Optional<String> lacks(String version) {
    if (this instanceof Answered answered) {
      if (!answered.ready()) {
        return Optional.of("is not ready: " + answered.says());
      }
      return answered.version().equals(version)
          ? Optional.empty()
          : Optional.of(
              "runs "
                  + (answered.version().isEmpty()
                      ? "a version that it does not tell"
                      : answered.version())
                  + ", not "
                  + version);
    }
    return Optional.of(((Silent) this).why());
  }

  /** Nothing, or nothing that could be understood; {@code why} is for people. */
  record Silent(String why) implements InstanceReading {}

  /**
   * Something.
   *
   * @param ready whether it says that it does its work
   * @param says its words about that, for people
   * @param version what it was built from; empty where it does not tell
   * @param startedAt since when its process runs, in seconds of Unix time; 0 where it does not tell
   * @param troubles what it counts of what should not happen, by counter and tags
   */
  record Answered(
      boolean ready, String says, String version, long startedAt, Map<String, Double> troubles)
      implements InstanceReading {
    public Answered {
      troubles = Map.copyOf(troubles);
    }
  }
}
