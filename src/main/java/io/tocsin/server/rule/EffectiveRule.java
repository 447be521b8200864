package io.tocsin.server.rule;

import io.tocsin.alerting.rules.Derivation;
import io.tocsin.alerting.rules.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule with everything its author left to the defaults.
 *
 * @param works what it works out first: {@code kind} and that kind's own settings, times in seconds
 * @param when it is bad while this holds
 * @param forSeconds event time it must be bad without a break before it fires
 * @param clear it is good while this holds; null for the contrary of {@code when}
 * @param clearForSeconds event time it must be good without a break before it clears
 * @param clearShare the same as a share of how long it was bad
 * @param priority {@code classify} where the mission's table decides
 * @param heal actions that may be tried, first tried first; empty where ladders decide
 */
public record EffectiveRule(
    String signal,
    Select select,
    Map<String, Object> works,
    String when,
    long forSeconds,
    @Nullable String clear,
    long clearForSeconds,
    double clearShare,
    String priority,
    String layer,
    String summary,
    @Nullable String runbook,
    Map<String, String> labels,
    List<String> heal,
    @Nullable String shadowOf) {

  /** Which observations it judges; what is empty or null matches all. */
  public record Select(
      List<String> resources,
      List<String> kinds,
      List<String> services,
      @Nullable String tier,
      List<String> series,
      Map<String, String> labels) {}

  static EffectiveRule of(Rule rule) {
    return new EffectiveRule(
        rule.signal().word(),
        new Select(
            rule.select().resources(),
            rule.select().kinds().stream().map(Enum::name).toList(),
            rule.select().services(),
            rule.select().tier() == null ? null : rule.select().tier().name(),
            rule.select().series(),
            rule.select().labels()),
        works(rule.derivation()),
        rule.when().text(),
        rule.holdFor().toSeconds(),
        rule.clear() == null ? null : rule.clear().text(),
        rule.clearFor().toSeconds(),
        rule.clearShare(),
        rule.priority() == null ? "classify" : rule.priority().name(),
        rule.layer().name(),
        rule.summary(),
        rule.runbook(),
        rule.labels(),
        rule.heal(),
        rule.shadowOf());
  }

  private static Map<String, Object> works(Derivation derivation) {
    Map<String, Object> works = new LinkedHashMap<>();
    works.put("kind", derivation.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    if (derivation instanceof Derivation.Rate rate) {
      works.put("field", rate.field());
      works.put("overSeconds", rate.over().toSeconds());
    } else if (derivation instanceof Derivation.Baseline baseline) {
      works.put("field", baseline.field());
      works.put("seasonal", baseline.seasonal());
    } else if (derivation instanceof Derivation.BurnRate burn) {
      works.put("bad", burn.bad());
      works.put("total", burn.total());
      works.put("objective", burn.objective());
      works.put("windows", burn.pairs().stream().map(EffectiveRule::windows).toList());
      works.put("minimumEvents", burn.minimumEvents());
    } else if (derivation instanceof Derivation.Difference difference) {
      works.put("field", difference.field());
    } else if (derivation instanceof Derivation.Absence absence) {
      works.put("intervals", absence.intervals());
    } else if (derivation instanceof Derivation.Sequence sequence) {
      works.put("steps", sequence.steps());
      works.put("withinSeconds", sequence.within().toSeconds());
    }
    return works;
  }

  private static Map<String, Object> windows(Derivation.BurnWindows pair) {
    return Map.of(
        "longSeconds", pair.longWindow().toSeconds(),
        "shortSeconds", pair.shortWindow().toSeconds(),
        "factor", pair.factor());
  }
}
