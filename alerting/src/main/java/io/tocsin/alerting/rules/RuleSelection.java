package io.tocsin.alerting.rules;

import io.tocsin.alerting.glob.Glob;
import io.tocsin.alerting.signal.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A rule with its globs made ready. */
final class RuleSelection {

  private final Rule rule;
  private final List<Glob> resources;
  private final List<Glob> services;
  private final List<Glob> series;
  private final List<Label> labels = new ArrayList<>();

  private record Label(String name, Glob value) {}

  RuleSelection(Rule rule) {
    this.rule = rule;
    this.resources = globs(rule.select().resources());
    this.services = globs(rule.select().services());
    this.series = globs(rule.select().series());
    for (Map.Entry<String, String> label : rule.select().labels().entrySet()) {
      labels.add(new Label(label.getKey(), new Glob(label.getValue())));
    }
  }

  Rule rule() {
    return rule;
  }

  /** Whether the rule judges this observation, whose signal is known to be its own. */
  boolean matches(Observation observation) {
    Selector select = rule.select();
    return (select.kinds().isEmpty() || select.kinds().contains(observation.resourceKind()))
        && (select.tier() == null || select.tier() == observation.tier())
        && (!resources.isEmpty() || !isRollup(observation))
        && any(series, observation.series())
        && any(resources, observation.resourceId())
        && any(services, observation.service())
        && hasLabels(observation.labels());
  }

  /**
   * Roll-ups of hosts, kinds and the fleet have the kind of their members: a rule that names none
   * of them would say everything twice.
   */
  private static boolean isRollup(Observation observation) {
    return observation.resourceId().startsWith("rollup/");
  }

  private boolean hasLabels(Map<String, String> of) {
    for (Label label : labels) {
      String value = of.get(label.name());
      if (value == null || !label.value().matches(value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean any(List<Glob> globs, String text) {
    if (globs.isEmpty()) {
      return true;
    }
    if (text != null) {
      for (Glob glob : globs) {
        if (glob.matches(text)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<Glob> globs(List<String> patterns) {
    return patterns.stream().map(Glob::new).toList();
  }
}
