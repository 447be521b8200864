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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Everything from its topic: events go on where the responder left off, tables are read as a whole.
 *
 * <p>No event is read before the tables have been read to their ends, so that a pause or a silence
 * from while the responder was away comes before any plan. A plan whose signature does not hold
 * never leaves this class: it goes to the dead letters and into the audit, and its id stays free
 * for the real one.
 */
final class KafkaFeed implements Feed {

  /** Where the responder goes on after a stop; of commands to know how far it has come. */
  static final Set<Topic<?>> EVENTS =
      Set.of(Topics.HEAL_PLANS, Topics.PROBES, Topics.ALERTS, Topics.COMMANDS);

  /** Of what it needs all there is. */
  static final Set<Topic<?>> TABLES = Set.of(Topics.SILENCES, Topics.RESOURCES, Topics.COMMANDS);

  private static final int WOKEN_AT_MOST = 20;
  private static final int COMMANDS_REMEMBERED = 10_000;
  private static final int ALERTS_REMEMBERED = 50_000;

  private final TopicReader events;
  private final TopicReader tables;
  private final Set<String> targets;
  private final CommittedOffsets committed;
  private final PlanVerifier verifier;
  private final ResultLog log;
  private final HealingMetrics metrics;
  private final Map<String, Alert> newest =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Alert> eldest) {
          return size() > ALERTS_REMEMBERED;
        }
      };

  private final Set<String> commandsGiven = new LinkedHashSet<>();

  // Not of one poll alone: nothing of a table is handed out twice, so nothing may be lost when a
  // poll fails half-way.
  private final List<Silence> silences = new ArrayList<>();
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final List<Command> commands = new ArrayList<>();
  private boolean caughtUp;

  // A command that the other reader came to first is news no more, but still has to be committed:
  // it would be told the audit again after a restart.
  private boolean hasPassed;

  /**
   * A feed over two readers.
   *
   * @param targets ids of the resources that matter
   * @param committed how far the one before had come; its commands are not handed out again
   * @param known alerts from before; an older word of one of them is not handed out again
   * @param log where forged plans are told of
   */
  KafkaFeed(
      TopicReader events,
      TopicReader tables,
      Set<String> targets,
      CommittedOffsets committed,
      List<Alert> known,
      PlanVerifier verifier,
      ResultLog log,
      HealingMetrics metrics) {
    this.events = events;
    this.tables = tables;
    this.targets = targets;
    this.committed = committed;
    this.verifier = verifier;
    this.log = log;
    this.metrics = metrics;
    known.forEach(alert -> newest.put(alert.getId(), alert));
  }

  /** Whether a command is for the responder to carry out; of the others it only tells the audit. */
  static boolean isForUs(Command command) {
    return switch (command.getKind()) {
      case HEAL_PAUSE, HEAL_RESUME, HEAL_APPROVE, HEAL_REJECT, HEAL_PROMOTE, DEPLOYED -> true;
      case ACKNOWLEDGE, RELEASE, RESOLVE, REPRIORITISE, NOTE, SILENCE, UNSILENCE -> false;
      case CHANGED, UNSPECIFIED -> false;
    };
  }

  /** Whether a plan for one of the targets may have come of it. */
  static boolean concerns(Set<String> targets, Alert alert) {
    return targets.contains(alert.getResourceId())
        || alert.getFaultyEnd() != null && targets.contains(alert.getFaultyEnd());
  }

  @Override
  public Batch poll(Duration timeout) {
    List<Probe> probes = new ArrayList<>();
    List<Alert> alerts = new ArrayList<>();
    List<HealPlan> plans = new ArrayList<>();
    try {
      tables.poll(caughtUp ? Duration.ZERO : timeout).forEach(this::table);
      if (caughtUp) {
        for (Received<?> received : events.poll(timeout)) {
          received
              .as(Topics.PROBES)
              .filter(probe -> targets.contains(probe.getResourceId()))
              .ifPresent(probes::add);
          received.as(Topics.ALERTS).filter(this::isNews).ifPresent(alerts::add);
          received.as(Topics.COMMANDS).ifPresent(this::command);
          hasPassed |= received.topic().name().equals(Topics.COMMANDS.name());
          received
              .as(Topics.HEAL_PLANS)
              .filter(plan -> holds(plan, received))
              .ifPresent(plans::add);
        }
      } else {
        caughtUp = tables.lag() == 0;
      }
    } catch (WakeupException woken) {
      // Somebody wants the thread; what had been read is handed out all the same.
    }
    Batch batch =
        new Batch(
            probes,
            alerts,
            plans,
            List.copyOf(commands),
            List.copyOf(silences),
            new LinkedHashMap<>(resources));
    commands.clear();
    silences.clear();
    resources.clear();
    return batch;
  }

  private void table(Received<?> received) {
    received.as(Topics.SILENCES).ifPresent(silences::add);
    if (received.topic().name().equals(Topics.RESOURCES.name())) {
      resources.put(received.key(), received.as(Topics.RESOURCES).orElse(null));
    }
    if (!committed.isBefore(received.origin())) {
      received.as(Topics.COMMANDS).ifPresent(this::command);
    }
  }

  /** Both readers come to each new command; which of them first does not matter. */
  private void command(Command command) {
    if (commandsGiven.add(command.getId())) {
      commands.add(command);
      if (commandsGiven.size() > COMMANDS_REMEMBERED) {
        commandsGiven.remove(commandsGiven.iterator().next());
      }
    }
  }

  private boolean isNews(Alert alert) {
    if (!concerns(targets, alert)) {
      return false;
    }
    Alert known = newest.get(alert.getId());
    if (known != null && alert.getAt().isBefore(known.getAt())) {
      return false;
    }
    newest.put(alert.getId(), alert);
    return true;
  }

  private boolean holds(HealPlan plan, Received<?> received) {
    Optional<String> objection = verifier.objection(plan);
    objection.ifPresent(why -> tellOf(plan, why, received));
    return objection.isEmpty();
  }

  private void tellOf(HealPlan forged, String why, Received<?> received) {
    metrics.ignored("signature");
    events.reject(received, "plan: " + why);
    try {
      log.append(null, AuditNote.forged(forged, why)).join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof FencedException fenced) {
        throw fenced;
      }
      throw failed;
    }
  }

  @Override
  public boolean hasPassed() {
    return hasPassed;
  }

  @Override
  public void commit() {
    awake(events::commit);
    hasPassed = false;
  }

  @Override
  public void rewind() {
    awake(events::rewind);
  }

  /** Being woken ends whatever call is next, not only a poll; the others are made again. */
  private static void awake(Runnable call) {
    for (int tries = 1; ; tries++) {
      try {
        call.run();
        return;
      } catch (WakeupException woken) {
        if (tries == WOKEN_AT_MOST) {
          throw woken;
        }
      }
    }
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
