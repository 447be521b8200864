package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.Fields;
import io.tocsin.alerting.yaml.Words;
import io.tocsin.schemas.AlertState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in words why a series stands where it stands. */
final class Evidence {

  private Evidence() {}

  static List<String> of(Rule rule, SeriesState was, SeriesState state, Fields figures) {
    List<String> findings = new ArrayList<>();
    Standing.Shown shown = state.shown();
    findings.add(standing(rule, was, state, shown == null ? AlertState.CLEARED : shown.state()));
    if (state.now().phase() != Phase.HEALTHY && state.unknownSince() == null) {
      figure(rule, figures, findings);
      findings.add("the rule says: " + rule.when().text());
    }
    if (figures.get("why") instanceof String why) {
      findings.add(why);
    }
    return findings;
  }

  private static String standing(Rule rule, SeriesState was, SeriesState state, AlertState shown) {
    return switch (shown) {
      case PENDING ->
          "bad since " + state.now().since() + ", fires after " + Words.of(rule.holdFor());
      case FIRING -> "bad since " + state.now().since();
      case FLAPPING ->
          "began to fire or cleared "
              + Flapping.MOST_FLIPS
              + " times within "
              + Words.of(Flapping.WINDOW);
      case UNKNOWN -> "nothing is known of it since " + state.unknownSince();
      case CLEARED, UNSPECIFIED -> cleared(was, state);
    };
  }

  private static String cleared(SeriesState was, SeriesState state) {
    return switch (was.now().phase()) {
      case PENDING -> "good at " + state.lastAt() + ", before the rule fired";
      case FIRING ->
          "good since " + (was.now().goodSince() == null ? state.lastAt() : was.now().goodSince());
      case HEALTHY -> "good at " + state.lastAt();
    };
  }

  private static void figure(Rule rule, Fields figures, List<String> findings) {
    String field = rule.when().field();
    double value = field.isEmpty() ? Double.NaN : figures.number(field);
    if (!Double.isNaN(value)) {
      findings.add(String.format(Locale.ROOT, "%s is %.6g", field, value));
    }
  }
}
