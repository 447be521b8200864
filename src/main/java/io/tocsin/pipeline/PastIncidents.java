package io.tocsin.pipeline;

import io.tocsin.schemas.Incident;
import io.tocsin.schemas.exchange.TopicHistory;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The incidents that there really were. */
public final class PastIncidents {

  /** After all that was ever written. */
  public static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  private final Cluster cluster;

  /** Of a cluster. */
  public PastIncidents(Cluster cluster) {
    this.cluster = cluster;
  }

  /** The newest version of each that was opened between two times. */
  public Map<String, Incident> between(Instant from, Instant to) {
    Map<String, Incident> found = all();
    found
        .values()
        .removeIf(
            incident ->
                incident.getOpenedAt().isBefore(from) || !incident.getOpenedAt().isBefore(to));
    return found;
  }

  /** The newest version of each that is retained. */
  public Map<String, Incident> all() {
    Map<String, Incident> newest = new TreeMap<>();
    try (TopicHistory history = new TopicHistory(cluster, Set.of(Topics.INCIDENTS))) {
      history.read(
          null,
          FAR,
          received ->
              received
                  .as(Topics.INCIDENTS)
                  .ifPresent(
                      incident ->
                          newest.merge(
                              incident.getId(),
                              incident,
                              (a, b) -> a.getVersion() >= b.getVersion() ? a : b)));
    }
    return newest;
  }
}
