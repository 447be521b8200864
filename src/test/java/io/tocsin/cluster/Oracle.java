package io.tocsin.cluster;

import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Reads all that is on the topics, and holds it against what was promised to whoever sent it. */
final class Oracle implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
  private static final long TEN_SECONDS = 10_000;

  private final TopicReader reader;
  private final Map<String, Incident> incidents = new TreeMap<>();
  private final Map<String, Notification> notifications = new TreeMap<>();

  /** Sequences by agent and start of it. */
  private final Map<String, TreeSet<Long>> fromAgents = new TreeMap<>();

  /** The last of them when all was read the time before. */
  private final Map<String, Long> arrived = new TreeMap<>();

  /** Sequences of samples by host. */
  private final Map<String, Set<Long>> samples = new HashMap<>();

  /** Final windows of ten seconds by host and start. */
  private final Map<String, Map<Long, Received<?>>> windows = new HashMap<>();

  private final List<String> finalTwice = new ArrayList<>();

  Oracle(Cluster cluster, Clock clock) {
    reader =
        TopicReader.fromBeginning(
            cluster,
            "cluster-oracle",
            clock,
            Set.of(
                Topics.SAMPLES,
                Topics.PROBES,
                Topics.MEASUREMENTS,
                Topics.WINDOWS,
                Topics.INCIDENTS,
                Topics.NOTIFICATIONS));
  }

  /** Reads to the end, as it is now: agents go on writing. */
  Oracle readAll() {
    fromAgents.forEach((boot, sequences) -> arrived.put(boot, sequences.last()));
    long toRead = reader.lag();
    long begun = System.nanoTime();
    while (toRead > 0) {
      List<Received<?>> read = reader.poll(POLL);
      read.forEach(this::take);
      toRead -= read.size();
      if (System.nanoTime() - begun > PATIENCE_NS) {
        throw new AssertionError("not read within a minute: " + reader.lag() + " records");
      }
      if (read.isEmpty()) {
        toRead = reader.lag(); // ends of transactions count as records, too
      }
    }
    return this;
  }

  private void take(Received<?> received) {
    received.as(Topics.INCIDENTS).ifPresent(each -> incidents.put(each.getId(), each));
    received.as(Topics.NOTIFICATIONS).ifPresent(each -> notifications.put(each.getId(), each));
    received
        .as(Topics.WINDOWS)
        .filter(window -> window.getIsFinal() && !isRollup(window))
        .ifPresent(window -> window(window, received));
    received.as(Topics.SAMPLES).ifPresent(this::sample);
    received.as(Topics.PROBES).map(Probe::getOrigin).ifPresent(this::origin);
    received
        .as(Topics.MEASUREMENTS)
        .ifPresent(
            each -> {
              if (each.getOrigin() != null) {
                origin(each.getOrigin());
              }
            });
  }

  private void sample(Sample sample) {
    samples
        .computeIfAbsent(sample.getResourceId(), host -> new HashSet<>())
        .add(sample.getOrigin().getSequence());
    origin(sample.getOrigin());
  }

  private void origin(Origin origin) {
    if (origin.getAgent().matches("agent[0-9]+")) {
      fromAgents
          .computeIfAbsent(origin.getAgent() + "/" + origin.getBootId(), boot -> new TreeSet<>())
          .add(origin.getSequence());
    }
  }

  /** Those are told again where a part of them came late. */
  private static boolean isRollup(Window window) {
    return window.getResourceId().matches("(rollup|service)/.*");
  }

  private void window(Window window, Received<?> received) {
    if (window.getSizeMs() == TEN_SECONDS) {
      Received<?> before =
          windows
              .computeIfAbsent(window.getResourceId(), host -> new TreeMap<>())
              .put(window.getStartsAt().toEpochMilli(), received);
      if (before != null) {
        finalTwice.add(told(before) + " and " + told(received));
      }
    }
  }

  private static String told(Received<?> window) {
    return "%s of %s: %s".formatted(window.place(), window.at(), window.value());
  }

  /**
   * Records of agents that are missing before what was there already when it was read before: the
   * newest ones are still on their way, in whatever order their partitions take them.
   */
  long lostOfAgents() {
    return arrived.entrySet().stream()
        .mapToLong(
            agent ->
                agent.getValue()
                    + 1
                    - fromAgents.get(agent.getKey()).headSet(agent.getValue(), true).size())
        .sum();
  }

  long ofAgents() {
    return fromAgents.values().stream().mapToLong(Set::size).sum();
  }

  /** Samples that were acknowledged and are not on their topic. */
  long lost(Samples ledger) {
    return ledger.acknowledged().entrySet().stream()
        .mapToLong(
            host ->
                host.getValue().stream()
                    .filter(each -> !samples.getOrDefault(host.getKey(), Set.of()).contains(each))
                    .count())
        .sum();
  }

  /**
   * How far the sums of final windows of ten seconds are from what is on the topic: nothing, once
   * all have been closed by silence.
   */
  Map<String, Integer> miscounted(Samples ledger) {
    Map<String, Integer> wrong = new TreeMap<>();
    for (String host : ledger.acknowledged().keySet()) {
      int counted =
          windows.getOrDefault(host, Map.of()).values().stream()
              .mapToInt(each -> each.as(Topics.WINDOWS).orElseThrow().getIntervals())
              .sum();
      int expected = samples.getOrDefault(host, Set.of()).size() - 1;
      if (counted != expected) {
        wrong.put(host, counted - expected);
      }
    }
    return wrong;
  }

  /** Windows that were said to be final more than once. */
  List<String> finalTwice() {
    return finalTwice;
  }

  /** Outages of which there is no incident. */
  List<String> withoutIncident(List<Outages.Outage> outages) {
    Set<String> known =
        incidents.values().stream().map(Incident::getResourceId).collect(Collectors.toSet());
    return outages.stream()
        .map(Outages.Outage::resource)
        .filter(id -> !known.contains(id))
        .toList();
  }

  /**
   * Outages with more than one incident that began while they lasted. An endpoint that its agent
   * could not reach by itself before or after has another one, rightly.
   */
  List<String> twice(List<Outages.Outage> outages) {
    List<String> twice = new ArrayList<>();
    for (Outages.Outage outage : outages) {
      long count =
          incidents.values().stream()
              .filter(each -> each.getResourceId().equals(outage.resource()))
              .filter(each -> !each.getStartedAt().isBefore(outage.downAt().minusSeconds(1)))
              .filter(
                  each ->
                      outage.upAt() == null
                          || each.getStartedAt().isBefore(outage.upAt().plusSeconds(1)))
              .count();
      if (count > 1) {
        twice.add(outage.resource());
      }
    }
    return twice;
  }

  /**
   * Incidents of endpoints that nobody took down: what an agent saw that stood still or was cut.
   */
  long besides(List<Outages.Outage> outages) {
    Set<String> taken = outages.stream().map(Outages.Outage::resource).collect(Collectors.toSet());
    return incidents.values().stream()
        .filter(each -> !taken.contains(each.getResourceId()))
        .count();
  }

  /** Incidents of outages that are not over. */
  List<String> open(List<Outages.Outage> outages) {
    Set<String> taken = outages.stream().map(Outages.Outage::resource).collect(Collectors.toSet());
    return incidents.values().stream()
        .filter(each -> taken.contains(each.getResourceId()))
        .filter(each -> each.getState() != IncidentState.RESOLVED)
        .map(each -> each.getResourceId() + " " + each.getState())
        .toList();
  }

  int incidents() {
    return incidents.size();
  }

  /** Incidents and final windows that are on the topics and not, or otherwise, in history. */
  List<String> missingIn(Store store) throws SQLException {
    Map<String, String> recorded = store.incidents();
    List<String> missing = new ArrayList<>();
    for (Incident each : incidents.values()) {
      String state = recorded.get(each.getId());
      if (!each.getState().name().equals(state)) {
        missing.add(each.getId() + " is " + each.getState() + " and recorded as " + state);
      }
    }
    Set<String> kept = store.windows();
    windows.forEach(
        (host, starts) ->
            starts.keySet().stream()
                .map(start -> host + " " + start)
                .filter(window -> !kept.contains(window))
                .forEach(missing::add));
    return missing;
  }

  /** How many final windows of ten seconds there are. */
  int windows() {
    return windows.values().stream().mapToInt(Map::size).sum();
  }

  /** Incidents for which more than one page was decided without an end in between. */
  List<String> pagedTwice() {
    Map<String, Integer> pages = new TreeMap<>();
    notifications.values().stream()
        .filter(each -> each.getKind() == NotificationKind.PAGE)
        .forEach(each -> pages.merge(each.getIncidentId(), 1, Integer::sum));
    Map<String, Integer> ends = new TreeMap<>();
    notifications.values().stream()
        .filter(each -> each.getKind() == NotificationKind.RESOLVED)
        .forEach(each -> ends.merge(each.getIncidentId(), 1, Integer::sum));
    return pages.entrySet().stream()
        .filter(each -> each.getValue() > Math.max(1, ends.getOrDefault(each.getKey(), 0)))
        .map(each -> story(each.getKey()))
        .toList();
  }

  private String story(String incident) {
    return notifications.values().stream()
        .filter(each -> each.getIncidentId().equals(incident))
        .sorted(Comparator.comparing(Notification::getAt))
        .map(
            each ->
                "%s v%d at %s of %s: %s"
                    .formatted(
                        each.getKind(),
                        each.getIncidentVersion(),
                        each.getAt(),
                        each.getEventAt(),
                        each.getReason()))
        .collect(Collectors.joining("; ", incidents.get(incident) + ": ", ""));
  }

  /** Incidents for which the one attempt that is allowed was made more than once. */
  static List<String> healedTwice(Path heals) throws IOException {
    Set<String> seen = new HashSet<>();
    return Files.readAllLines(heals).stream()
        .map(line -> line.split(" ")[0])
        .filter(incident -> !seen.add(incident))
        .toList();
  }

  @Override
  public void close() {
    reader.close();
  }
}
