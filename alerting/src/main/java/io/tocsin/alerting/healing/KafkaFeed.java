package io.tocsin.alerting.healing;

import io.tocsin.alerting.healing.signature.PlanVerifier;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Silence;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Everything from its topic: events go on where the responder left off, tables are read as a whole.
 *
 * <p>A plan is held back until all that was there before it has been read, so that a pause or a
 * silence from while the responder was away comes first. A plan whose signature does not hold never
 * leaves this class: it goes to the dead letters and into the audit, and its id stays free for the
 * real one.
 */
final class KafkaFeed implements Feed {

  /** Where the responder goes on after a stop. */
  static final Set<Topic<?>> EVENTS =
      Set.of(Topics.HEAL_PLANS, Topics.PROBES, Topics.ALERTS, Topics.COMMANDS);

  /** Of what it needs all there is. */
  static final Set<Topic<?>> TABLES = Set.of(Topics.SILENCES, Topics.RESOURCES);

  private final TopicReader events;
  private final TopicReader tables;
  private final Set<String> targets;
  private final PlanVerifier verifier;
  private final ResultLog log;
  private final HealingMetrics metrics;
  private final Map<String, Alert> newest = new HashMap<>();
  private final List<HealPlan> heldBack = new ArrayList<>();

  // Not of one poll alone: nothing of a table is handed out twice, so nothing may be lost when a
  // poll fails half-way.
  private final List<Silence> silences = new ArrayList<>();
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private boolean caughtUp;

  /**
   * A feed over two readers.
   *
   * @param targets ids of the resources that matter
   * @param known alerts from before; an older word of one of them is not handed out again
   * @param log where forged plans are told of
   */
  KafkaFeed(
      TopicReader events,
      TopicReader tables,
      Set<String> targets,
      List<Alert> known,
      PlanVerifier verifier,
      ResultLog log,
      HealingMetrics metrics) {
    this.events = events;
    this.tables = tables;
    this.targets = targets;
    this.verifier = verifier;
    this.log = log;
    this.metrics = metrics;
    known.forEach(alert -> newest.put(alert.getId(), alert));
  }

  static boolean isForUs(Command command) {
    return switch (command.getKind()) {
      case HEAL_PAUSE, HEAL_RESUME, HEAL_APPROVE, HEAL_REJECT, HEAL_PROMOTE, DEPLOYED -> true;
      case ACKNOWLEDGE, RELEASE, RESOLVE, REPRIORITISE, NOTE, SILENCE, UNSILENCE, UNSPECIFIED ->
          false;
    };
  }

  @Override
  public Batch poll(Duration timeout) {
    List<Probe> probes = new ArrayList<>();
    List<Alert> alerts = new ArrayList<>();
    List<Command> commands = new ArrayList<>();
    try {
      for (Received<?> received : tables.poll(Duration.ZERO)) {
        received.as(Topics.SILENCES).ifPresent(silences::add);
        if (received.topic().name().equals(Topics.RESOURCES.name())) {
          resources.put(received.key(), received.as(Topics.RESOURCES).orElse(null));
        }
      }
      for (Received<?> received : events.poll(timeout)) {
        received
            .as(Topics.PROBES)
            .filter(probe -> targets.contains(probe.getResourceId()))
            .ifPresent(probes::add);
        received.as(Topics.ALERTS).filter(this::isNews).ifPresent(alerts::add);
        received.as(Topics.COMMANDS).filter(KafkaFeed::isForUs).ifPresent(commands::add);
        received.as(Topics.HEAL_PLANS).ifPresent(plan -> take(plan, received));
      }
    } catch (WakeupException woken) {
      // Somebody wants the thread; what had been read is handed out all the same.
    }
    Batch batch =
        new Batch(
            probes,
            alerts,
            released(),
            commands,
            List.copyOf(silences),
            new LinkedHashMap<>(resources));
    silences.clear();
    resources.clear();
    return batch;
  }

  private boolean isNews(Alert alert) {
    if (!targets.contains(alert.getResourceId())) {
      return false;
    }
    Alert known = newest.get(alert.getId());
    if (known != null && alert.getAt().isBefore(known.getAt())) {
      return false;
    }
    newest.put(alert.getId(), alert);
    return true;
  }

  private void take(HealPlan plan, Received<?> received) {
    Optional<String> objection = verifier.objection(plan);
    if (objection.isEmpty()) {
      heldBack.add(plan);
      return;
    }
    metrics.ignored("signature");
    events.reject(received, "plan: " + objection.get());
    try {
      log.append(null, AuditNote.forged(plan, objection.get())).join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof FencedException fenced) {
        throw fenced;
      }
      throw failed;
    }
  }

  private List<HealPlan> released() {
    if (heldBack.isEmpty()) {
      return List.of();
    }
    // Asked only when a plan is there: only then is it sure that the reader has its partitions.
    caughtUp = caughtUp || events.lag() == 0 && tables.lag() == 0;
    if (!caughtUp) {
      return List.of();
    }
    List<HealPlan> plans = List.copyOf(heldBack);
    heldBack.clear();
    return plans;
  }

  /** Nothing is remembered as dealt with while a plan is held back: a stop would lose it. */
  @Override
  public void commit() {
    if (heldBack.isEmpty()) {
      events.commit();
    }
  }

  @Override
  public void rewind() {
    heldBack.clear();
    caughtUp = false;
    events.rewind();
  }

  @Override
  public void wakeUp() {
    events.wakeUp();
  }

  @Override
  public void close() {
    try {
      events.close();
    } finally {
      tables.close();
    }
  }
}
