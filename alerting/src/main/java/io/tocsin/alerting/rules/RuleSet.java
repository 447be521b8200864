package io.tocsin.alerting.rules;

import io.tocsin.alerting.signal.Observation;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.alerting.signal.ThroughputSignal;
import io.tocsin.alerting.yaml.Problem;
import io.tocsin.schemas.RuleText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rules in force, by name. Does not change: what changes it gives another one.
 *
 * <p>A rule is taken whole or not at all; where a new text of a rule is refused, the old one stays
 * in force. Thread-safe.
 */
public final class RuleSet {

  /** Most rules in force; ours. */
  static final int MOST = 50_000;

  /** None. */
  public static final RuleSet EMPTY = new RuleSet(new TreeMap<>());

  private final SortedMap<String, Rule> rules;

  /** Made when first asked for, as rules may come one by one before anything is judged. */
  private volatile Lookup lookup;

  private RuleSet(SortedMap<String, Rule> rules) {
    this.rules = Collections.unmodifiableSortedMap(rules);
  }

  /** These rules; of two with the same name the last. */
  public static RuleSet of(Collection<Rule> rules) {
    SortedMap<String, Rule> byName = new TreeMap<>();
    rules.forEach(rule -> byName.put(rule.name(), rule));
    return new RuleSet(byName);
  }

  /** What became of a text. */
  public sealed interface Change {
    /**
     * It was taken.
     *
     * @param rules with it
     * @param rule as it is in force now
     * @param before as it was; null if it is new
     */
    record Accepted(RuleSet rules, Rule rule, Rule before) implements Change {
      /** Whether nothing has changed. */
      public boolean isSame() {
        return before != null && before.version().equals(rule.version());
      }
    }

    /**
     * It was not.
     *
     * @param rules as they were
     * @param problems all that is wrong with it
     */
    record Refused(RuleSet rules, List<Problem> problems) implements Change {}

    /** The rules in force now. */
    RuleSet rules();
  }

  /** With a new or changed rule, or as before with the reasons. */
  public Change apply(RuleText text) {
    RuleReading reading = new RuleReader().read(text);
    if (!reading.isGood()) {
      return new Change.Refused(this, reading.problems());
    }
    Rule rule = reading.rules().get(0).rule();
    Rule before = rules.get(rule.name());
    if (before == null && rules.size() >= MOST) {
      return new Change.Refused(
          this,
          List.of(
              new Problem(
                  text.getFile(),
                  text.getLine(),
                  1,
                  "",
                  "is one rule too many; " + MOST + " are allowed")));
    }
    if (before != null && before.version().equals(rule.version())) {
      return new Change.Accepted(this, before, before);
    }
    SortedMap<String, Rule> changed = new TreeMap<>(rules);
    changed.put(rule.name(), rule);
    return new Change.Accepted(new RuleSet(changed), rule, before);
  }

  /** Without the rule of that name. */
  public RuleSet remove(String name) {
    if (!rules.containsKey(name)) {
      return this;
    }
    SortedMap<String, Rule> changed = new TreeMap<>(rules);
    changed.remove(name);
    return new RuleSet(changed);
  }

  /** The rule of that name. */
  public Optional<Rule> byName(String name) {
    return Optional.ofNullable(rules.get(name));
  }

  /** All, in the order of their names. */
  public Collection<Rule> all() {
    return rules.values();
  }

  /** The rules that judge an observation; not sequences, which listen to alerts. */
  public List<Rule> matching(Observation observation) {
    return lookup().index.matching(observation);
  }

  /** All of one signal, sequences apart, in the order of their names. */
  public List<Rule> bySignal(SignalKind signal) {
    return lookup().bySignal.getOrDefault(signal, List.of());
  }

  /** Those that find a silent resource. */
  public List<Rule> absences() {
    return bySignal(SignalKind.ABSENCE);
  }

  /** Those that compare two ends of an edge. */
  public List<Rule> differences() {
    return lookup().differences;
  }

  /** Those that wait for alerts of other rules. */
  public List<Rule> sequences() {
    return lookup().sequences;
  }

  /** Sequences that have a rule among their steps. */
  public List<Rule> sequencesOf(String step) {
    return lookup().byStep.getOrDefault(step, List.of());
  }

  /** Whether some rule looks at links and disks one by one; see {@code ThroughputSignal.parts}. */
  public boolean needsThroughputParts() {
    return lookup().needsParts;
  }

  private Lookup lookup() {
    Lookup made = lookup;
    if (made == null) {
      made = new Lookup(rules.values());
      lookup = made;
    }
    return made;
  }

  /** What can be asked quickly. */
  private static final class Lookup {
    private final RuleIndex index;
    private final Map<SignalKind, List<Rule>> bySignal = new TreeMap<>();
    private final Map<String, List<Rule>> byStep = new TreeMap<>();
    private final List<Rule> differences = new ArrayList<>();
    private final List<Rule> sequences = new ArrayList<>();
    private final boolean needsParts;

    Lookup(Collection<Rule> rules) {
      List<Rule> judging = new ArrayList<>();
      for (Rule rule : rules) {
        if (rule.derivation() instanceof Derivation.Sequence sequence) {
          sequences.add(rule);
          sequence.steps().stream()
              .distinct()
              .forEach(step -> byStep.computeIfAbsent(step, none -> new ArrayList<>()).add(rule));
        } else {
          judging.add(rule);
          bySignal.computeIfAbsent(rule.signal(), none -> new ArrayList<>()).add(rule);
          if (rule.derivation() instanceof Derivation.Difference) {
            differences.add(rule);
          }
        }
      }
      index = new RuleIndex(judging);
      needsParts =
          bySignal.getOrDefault(SignalKind.THROUGHPUT, List.of()).stream()
              .flatMap(rule -> rule.select().series().stream())
              .filter(series -> series.contains("/"))
              .map(series -> series.substring(series.indexOf('/')))
              .anyMatch(part -> !part.equals(ThroughputSignal.REQUESTS));
    }
  }
}
