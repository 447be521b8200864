package io.tocsin.pipeline;

import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.access.Change;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Brings the topic of rules in line with what an installation's own files say.
 *
 * <p>A rule that a person has applied while it ran stays, also where a file has one of its name;
 * one that came from the files and is in them no more goes.
 */
public final class RulePublication {

  /** Who put a rule on the topic that comes from the installation's files. */
  public static final String BY_CONFIG = "config";

  private static final String CLIENT = "tocsin-rules";
  private static final Duration POLL = Duration.ofMillis(200);

  private final Cluster cluster;
  private final Clock clock;

  /** A publication; nothing is asked yet. */
  public RulePublication(Cluster cluster, Clock clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param written names of rules that are new or changed
   * @param removed names of rules that are in no file any more
   * @param kept names of rules of people that stand in the way of a file's
   */
  public record Outcome(List<String> written, List<String> removed, List<String> kept) {}

  /** Publishes; what is there already is not written again. */
  public Outcome publish(List<RuleText> wanted) {
    return write(changes(read(), wanted));
  }

  /** All rules on the topic, by name. */
  public Map<String, RuleText> read() {
    Map<String, RuleText> rules = new TreeMap<>();
    try (TopicReader reader =
        TopicReader.fromBeginning(cluster, CLIENT, clock, Set.of(Topics.RULES))) {
      do {
        for (Received<?> received : reader.poll(POLL)) {
          received
              .as(Topics.RULES)
              .ifPresentOrElse(
                  rule -> rules.put(received.key(), rule), () -> rules.remove(received.key()));
        }
      } while (reader.lag() > 0);
    }
    return rules;
  }

  /** What has to be written, what has to go. */
  record Changes(List<RuleText> written, List<String> removed, List<String> kept) {}

  static Changes changes(Map<String, RuleText> there, List<RuleText> wanted) {
    List<RuleText> written = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (RuleText rule : wanted) {
      names.add(rule.getName());
      RuleText before = there.get(rule.getName());
      if (before != null && !before.getBy().equals(BY_CONFIG)) {
        kept.add(rule.getName());
      } else if (before == null || !before.getVersion().equals(rule.getVersion())) {
        written.add(rule);
      }
    }
    List<String> removed =
        there.values().stream()
            .filter(rule -> rule.getBy().equals(BY_CONFIG) && !names.contains(rule.getName()))
            .map(RuleText::getName)
            .toList();
    return new Changes(written, removed, kept);
  }

  private static String text(Changes changes) {
    return "rules of the configuration: "
        + changes.written().size()
        + " applied, "
        + changes.removed().size()
        + " removed";
  }

  private Outcome write(Changes changes) {
    List<CompletableFuture<?>> sent = new ArrayList<>();
    try (TopicWriter writer = TopicWriter.patient(cluster, CLIENT)) {
      if (!changes.written().isEmpty() || !changes.removed().isEmpty()) {
        sent.add(
            writer.send(Topics.COMMANDS, Change.of(BY_CONFIG, text(changes), clock.instant())));
      }
      changes.written().forEach(rule -> sent.add(writer.send(Topics.RULES, rule)));
      changes.removed().forEach(name -> sent.add(writer.remove(Topics.RULES, name)));
      sent.forEach(CompletableFuture::join);
    }
    return new Outcome(
        changes.written().stream().map(RuleText::getName).toList(),
        changes.removed(),
        changes.kept());
  }
}
