package io.tocsin.server.story;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tocsin.alerting.glob.Glob;
import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.guard.ModeRules;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentAlert;
import io.tocsin.server.fleet.BottleneckView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What may help with an incident.
 *
 * @param runbook where to read what to do; a text of the rule's, null if it has none
 * @param bottlenecks what is short at its resources, with advice
 * @param ladder what healing tries, first tried first, and what came of it so far
 * @param figures what to chart as evidence: figures of history by resource
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Remedies(
    String runbook, List<BottleneckView> bottlenecks, List<Step> ladder, List<Chart> figures) {

  private static final int MOST_CHARTS = 12;

  /**
   * One step of the ladder.
   *
   * @param does what it does, in a word or two; empty where the configuration has no such action
   * @param mode OBSERVE, APPROVE or AUTO
   */
  public record Step(String action, String does, String mode, List<Try> tried) {}

  /** What became of one plan. */
  public record Try(String plan, String outcome, String reason, Instant at) {}

  /** A figure of history. */
  public record Chart(String resource, String figure) {}

  /**
   * From what is known.
   *
   * @param names of the actions that its cause's rule asks for, or a ladder does
   * @param steps of the plans for it, oldest first
   */
  static Remedies of(
      Incident incident,
      List<String> names,
      HealingConfig healing,
      List<HealResult> steps,
      List<BottleneckView> bottlenecks) {
    LinkedHashSet<String> ladder = new LinkedHashSet<>(names);
    steps.forEach(step -> ladder.add(step.getAction()));
    return new Remedies(
        incident.getRunbook(),
        bottlenecks,
        ladder.stream().map(name -> step(name, incident, healing, steps)).toList(),
        charts(incident));
  }

  private static Step step(
      String name, Incident incident, HealingConfig healing, List<HealResult> steps) {
    Map<String, Try> tried = new LinkedHashMap<>();
    for (HealResult step : steps) {
      if (step.getAction().equals(name)) {
        tried.put(
            step.getPlanId(),
            new Try(step.getPlanId(), step.getOutcome().name(), step.getReason(), step.getAt()));
      }
    }
    return new Step(
        name,
        healing.action(name).map(Action::does).map(does -> does.title()).orElse(""),
        ModeRules.mode(healing, name, incident.getPriority(), environment(incident, healing))
            .name(),
        List.copyOf(tried.values()));
  }

  private static String environment(Incident incident, HealingConfig healing) {
    return healing.environments().entrySet().stream()
        .filter(each -> Glob.any(each.getValue(), incident.getResourceId()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  private static List<Chart> charts(Incident incident) {
    LinkedHashSet<Chart> charts = new LinkedHashSet<>();
    for (IncidentAlert alert : incident.getAlerts()) {
      for (String figure : figures(alert)) {
        charts.add(new Chart(alert.getResourceId(), figure));
      }
    }
    if (incident.getAlerts().isEmpty()) {
      charts.add(new Chart(incident.getResourceId(), usual(incident.getResourceId())));
    }
    return new ArrayList<>(charts).subList(0, Math.min(charts.size(), MOST_CHARTS));
  }

  /** A series is what is short, or the name of a figure; else the resource's kind has to do. */
  private static List<String> figures(IncidentAlert alert) {
    return switch (alert.getSeries()) {
      case "CPU" -> List.of("cpu_percent", "cpu_pressure_percent");
      case "MEMORY" -> List.of("memory_percent", "memory_pressure_percent");
      case "IO" -> List.of("io_percent", "io_operations_per_second");
      case "NETWORK" -> List.of("network_percent", "retransmit_percent");
      default -> List.of(usual(alert.getResourceId()));
    };
  }

  private static String usual(String resource) {
    return resource.startsWith("endpoint/") || resource.startsWith("service/")
        ? "latency_ms"
        : "cpu_percent";
  }
}
