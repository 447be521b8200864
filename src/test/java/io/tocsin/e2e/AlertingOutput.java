package io.tocsin.e2e;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.RuleStatus;
import io.tocsin.schemas.Silence;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** All that alerting has written to its topics so far, in its order. */
final class AlertingOutput implements AutoCloseable {

  private final TopicReader reader;
  private final List<Received<?>> all = new ArrayList<>();

  AlertingOutput(Cluster cluster) {
    reader =
        TopicReader.fromBeginning(
            cluster,
            "test-output",
            Clock.systemUTC(),
            Set.of(
                Topics.ALERTS,
                Topics.INCIDENTS,
                Topics.INCIDENT_EVENTS,
                Topics.NOTIFICATIONS,
                Topics.SILENCES,
                Topics.RULE_STATUS,
                Topics.DEAD_LETTERS));
  }

  /** Reads on. */
  AlertingOutput poll() {
    all.addAll(reader.poll(Duration.ofMillis(200)));
    return this;
  }

  /** Reads to the end, as it is now. */
  AlertingOutput readAll() {
    do {
      poll();
    } while (reader.lag() > 0);
    return this;
  }

  List<Alert> alerts() {
    return of(Topics.ALERTS);
  }

  List<Incident> incidents() {
    return of(Topics.INCIDENTS);
  }

  /** The newest word of each incident, by id. */
  Map<String, Incident> newestIncidents() {
    Map<String, Incident> newest = new TreeMap<>();
    incidents().forEach(incident -> newest.put(incident.getId(), incident));
    return newest;
  }

  List<IncidentEvent> events() {
    return of(Topics.INCIDENT_EVENTS);
  }

  List<Notification> notifications() {
    return of(Topics.NOTIFICATIONS);
  }

  List<Silence> silences() {
    return of(Topics.SILENCES);
  }

  List<RuleStatus> ruleStatuses() {
    return of(Topics.RULE_STATUS);
  }

  List<DeadLetter> deadLetters() {
    return of(Topics.DEAD_LETTERS);
  }

  private <V extends SpecificRecord> List<V> of(Topic<V> topic) {
    return all.stream().flatMap(received -> received.as(topic).stream()).toList();
  }

  @Override
  public void close() {
    reader.close();
  }
}
