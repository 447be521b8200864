package io.tocsin.collectors.app.mapping;

import io.tocsin.schemas.Meaning;
import java.util.List;
import java.util.Map;

/** A rule with its patterns ready to be used. */
final class Rule {

  /** What holds for business events. */
  static final MappingRule EVENT = MappingRule.of("*", Meaning.KPI, Map.of());

  /** What holds for figures that no rule knows. */
  static final MappingRule UNMAPPED = MappingRule.of("*", Meaning.OTHER, Map.of());

  private record LabelPattern(String label, Glob pattern) {
    boolean matches(Map<String, String> labels) {
      return pattern.matches(labels.getOrDefault(label, ""));
    }
  }

  private final MappingRule rule;
  private final Glob metric;
  private final List<LabelPattern> labels;
  private final List<LabelPattern> errors;

  Rule(MappingRule rule) {
    this.rule = rule;
    this.metric = new Glob(rule.metric());
    this.labels = patterns(rule.labels());
    this.errors = patterns(rule.errorsWhen());
  }

  private static List<LabelPattern> patterns(Map<String, String> patterns) {
    return patterns.entrySet().stream()
        .map(entry -> new LabelPattern(entry.getKey(), new Glob(entry.getValue())))
        .toList();
  }

  MappingRule rule() {
    return rule;
  }

  boolean matchesName(String name) {
    return metric.matches(name);
  }

  /** A missing label is an empty one. */
  boolean matchesLabels(Map<String, String> present) {
    for (LabelPattern label : labels) {
      if (!label.matches(present)) {
        return false;
      }
    }
    return true;
  }

  boolean isError(Map<String, String> present) {
    for (LabelPattern error : errors) {
      if (error.matches(present)) {
        return true;
      }
    }
    return false;
  }
}
