package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Layer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What an alert means for those who use the resource, worst first. */
enum Impact {
  /** It answers no more. */
  UNAVAILABLE,
  /** It answers, but wrongly. */
  ERRORS,
  /** A figure of the business has dropped. */
  BUSINESS,
  /** It answers, but slowly. */
  SLOWNESS,
  /** Something it needs is short. */
  SHORTAGE,
  /** Somebody did what they must not. */
  SECURITY;

  /** A rule's label of this name says what its alerts mean, where the signal does not tell. */
  static final String LABEL = "impact";

  private static final Pattern WORDS = Pattern.compile("[^a-z]+");
  private static final Set<String> ERROR_WORDS =
      Set.of(
          "error", "errors", "failed", "failure", "failures", "loss", "lost", "burn", "burnrate");

  static Impact of(Alert alert) {
    if (alert.getSignal().equals("security") || alert.getLayer() == Layer.SECURITY) {
      return SECURITY;
    }
    if (alert.getUnavailable()) {
      return UNAVAILABLE;
    }
    String said = alert.getLabels().get(LABEL);
    if (said != null) {
      for (Impact impact : List.of(ERRORS, BUSINESS, SLOWNESS, SHORTAGE)) {
        if (impact.name().equalsIgnoreCase(said)) {
          return impact;
        }
      }
    }
    return switch (alert.getSignal()) {
      case "business" -> BUSINESS;
      case "bottleneck", "efficiency", "throughput" -> SHORTAGE;
      case "health", "absence" -> ERRORS;
      default -> speaksOfErrors(alert) ? ERRORS : SLOWNESS;
    };
  }

  /** Latencies and application figures: the rule or the figure is named after what it counts. */
  private static boolean speaksOfErrors(Alert alert) {
    String names = (alert.getRule() + " " + alert.getSeries()).toLowerCase(Locale.ROOT);
    return WORDS.splitAsStream(names).anyMatch(ERROR_WORDS::contains);
  }

  /** Whether it can be the effect of a trouble elsewhere. */
  boolean isSymptom() {
    return this != SHORTAGE && this != SECURITY;
  }
}
