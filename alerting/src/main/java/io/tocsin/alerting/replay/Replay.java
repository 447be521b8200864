package io.tocsin.alerting.replay;

import io.tocsin.alerting.evaluate.EvaluationSettings;
import io.tocsin.alerting.evaluate.Evaluator;
import io.tocsin.alerting.evaluate.HeapEvaluationStore;
import io.tocsin.alerting.evaluate.HeapRelationStore;
import io.tocsin.alerting.evaluate.Outcome;
import io.tocsin.alerting.evaluate.Relations;
import io.tocsin.alerting.evaluate.RuleSource;
import io.tocsin.alerting.evaluate.ShippedDetectors;
import io.tocsin.alerting.evaluate.TemplateWording;
import io.tocsin.alerting.graph.Graph;
import io.tocsin.alerting.incidents.Decisions;
import io.tocsin.alerting.incidents.HealPolicies;
import io.tocsin.alerting.incidents.IncidentBook;
import io.tocsin.alerting.incidents.Settings;
import io.tocsin.alerting.incidents.Shelf;
import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;

/**
 * The alerting stage without Flink and without waiting: the same evaluator, relations and incident
 * book, driven by a clock that is told what time it is. What the job does with the same inputs at
 * the same times, this does.
 *
 * <p>Time only goes forward; timers that come due on the way are called at their times. Not
 * thread-safe. Ends with a {@link CancellationException} soon after its thread is interrupted, so
 * that whoever has no time left can stop it.
 */
public final class Replay {

  private static final String BOOK = "";

  /** Before the name of a rule that looks at several resources; ids of resources have a slash. */
  private static final String RULE = "rule ";

  private final RuleSet rules;
  private final Evaluator evaluator;
  private final Relations relations = new Relations(new ShippedDetectors(), new TemplateWording());
  private final IncidentBook book;
  private final UnaryOperator<Alert> actions;
  private final Graph graph = new Graph();
  private final Map<String, HeapEvaluationStore> resources = new HashMap<>();
  private final Map<String, HeapRelationStore> related = new HashMap<>();
  private final ReplayTimers timers = new ReplayTimers();
  private final ReplayLog log = new ReplayLog();
  private Instant now;

  /**
   * A replay that begins at a time, with nothing known.
   *
   * @param actions gives alerts what may be tried about them
   */
  public Replay(RuleSet rules, HealPolicies policies, UnaryOperator<Alert> actions, Instant from) {
    this.rules = rules;
    this.actions = actions;
    this.now = from;
    // Nothing was stopped, so there is nothing to settle after.
    this.evaluator =
        new Evaluator(
            source(rules),
            new ShippedDetectors(),
            new TemplateWording(),
            EvaluationSettings.DEFAULT.settledAfter(Duration.ZERO),
            from);
    this.book =
        new IncidentBook(
            Shelf.inMemory(), Settings.DEFAULT.settledAfter(Duration.ZERO), policies, from);
  }

  private static RuleSource source(RuleSet rules) {
    return new RuleSource() {
      @Override
      public Iterable<Rule> matching(Observation seen) {
        return rules.matching(seen);
      }

      @Override
      public Rule byName(String name) {
        return rules.byName(name).orElse(null);
      }
    };
  }

  /** Lets time pass. A time that is past already changes nothing. */
  public void advanceTo(Instant time) {
    goOn();
    for (Optional<Instant> due = timers.next(time); due.isPresent(); due = timers.next(time)) {
      goOn();
      now = due.get().isAfter(now) ? due.get() : now;
      for (String whom : timers.take()) {
        if (whom.equals(BOOK)) {
          take(book.onTime(now));
        } else if (whom.startsWith(RULE)) {
          rules.byName(whom.substring(RULE.length())).ifPresent(this::relationTimer);
        } else {
          tell(evaluator.onTimer(now, store(whom)));
          ask(whom);
        }
      }
    }
    now = time.isAfter(now) ? time : now;
  }

  private static void goOn() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }

  /** What time it is. */
  public Instant now() {
    return now;
  }

  /** The inventory says something of a resource; null removes it. */
  public void resource(String id, Resource resource) {
    if (resource == null) {
      graph.remove(id);
      rules
          .differences()
          .forEach(rule -> tell(relations.onResourceGone(rule, id, now, relation(rule))));
    } else {
      graph.put(resource);
    }
    take(book.onResource(id, resource, now));
    tell(evaluator.onResource(resource, now, store(id)));
    ask(id);
  }

  /** Something is observed. */
  public void observe(Observation seen) {
    tell(evaluator.onObservation(seen, now, store(seen.resourceId())));
    ask(seen.resourceId());
  }

  /** A person asks for something. */
  public void command(Command command) {
    take(book.onCommand(command, now));
  }

  /** The responder tells of a step. */
  public void healResult(HealResult result) {
    take(book.onHealResult(result, now));
  }

  /** What has come of it so far. */
  public ReplayLog log() {
    return log;
  }

  /** The incident book as it stands; not to be changed. */
  public IncidentBook book() {
    return book;
  }

  private HeapEvaluationStore store(String id) {
    return resources.computeIfAbsent(id, none -> new HeapEvaluationStore());
  }

  private HeapRelationStore relation(Rule rule) {
    return related.computeIfAbsent(rule.name(), none -> new HeapRelationStore());
  }

  private void relationTimer(Rule rule) {
    tell(relations.onTimer(rule, now, relation(rule)));
    timers.set(relations.nextTimer(relation(rule)), RULE + rule.name());
  }

  private void ask(String id) {
    timers.set(store(id).takeTimer(), id);
  }

  private void tell(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Changed changed) {
        alert(changed.alert());
      } else if (outcome instanceof Outcome.Fact fact) {
        rules
            .byName(fact.rule())
            .ifPresent(
                rule -> {
                  tell(relations.onFact(rule, fact, graph, now, relation(rule)));
                  timers.set(relations.nextTimer(relation(rule)), RULE + rule.name());
                });
      } else if (outcome instanceof Outcome.Held held) {
        log.held(held.rule(), held.reason().tag());
      }
    }
  }

  private void alert(Alert alert) {
    log.add(alert);
    take(book.onAlert(actions.apply(alert), now));
    Rule by = rules.byName(alert.getRule()).orElse(null);
    if (by != null && by.derivation() instanceof Derivation.Sequence) {
      return; // no step of another, or two could wait for each other for ever
    }
    for (Rule rule : rules.sequencesOf(alert.getRule())) {
      tell(relations.onAlert(rule, alert, graph, relation(rule)));
    }
  }

  private void take(Decisions decisions) {
    for (int i = 0; i < decisions.incidents().size(); i++) {
      log.add(decisions.incidents().get(i), decisions.events().get(i));
    }
    decisions.notifications().forEach(log::add);
    decisions.plans().forEach(log::add);
    decisions.held().forEach(reason -> log.held("", reason.tag()));
    decisions.refusals().forEach(refusal -> log.held("", "refused: " + refusal.reason()));
    book.nextTimer().ifPresent(at -> timers.set(at, BOOK));
  }
}
