package io.tocsin.alerting.healing.guard;

import io.tocsin.alerting.incidents.Subject;
import io.tocsin.alerting.yaml.Words;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Guards that look at what people have said. */
final class OrderGuards {

  private OrderGuards() {}

  static Optional<Decision> paused(Situation situation) {
    return situation
        .known()
        .orders()
        .pause()
        .map(
            pause ->
                new Decision.Refuse(
                    "paused",
                    "healing is paused since "
                        + pause.at()
                        + " by "
                        + pause.by()
                        + (pause.text().isBlank() ? "" : ": " + pause.text())));
  }

  /** Planned work on the target, or on anything it runs on. */
  static Optional<Decision> maintenance(Situation situation) {
    return situation
        .known()
        .orders()
        .maintenance(subjects(situation), situation.now())
        .map(
            silence ->
                new Decision.Refuse(
                    "maintenance",
                    "planned work by " + silence.getBy() + ": " + silence.getReason()));
  }

  private static List<Subject> subjects(Situation situation) {
    List<String> ids = new ArrayList<>(List.of(situation.target()));
    ids.addAll(situation.known().fleet().ancestors(situation.target()));
    return ids.stream().map(id -> subject(situation, id)).toList();
  }

  private static Subject subject(Situation situation, String id) {
    HealPlan plan = situation.plan();
    Map<String, String> fields = new HashMap<>();
    fields.put("resource", id);
    fields.put("kind", id.substring(0, Math.max(0, id.indexOf('/'))));
    fields.put("rule", plan.getRule());
    fields.put("priority", plan.getPriority().name().toLowerCase(Locale.ROOT));
    String service = situation.known().fleet().place(id).service();
    if (!service.isEmpty()) {
      fields.put("service", service);
    }
    // A label can only stop an action here, never bring one about.
    situation
        .known()
        .fleet()
        .resource(id)
        .ifPresent(resource -> fields.putAll(described(resource)));
    return new Subject(fields);
  }

  private static Map<String, String> described(Resource resource) {
    Map<String, String> fields = new HashMap<>();
    fields.put("tier", resource.getTier().name().toLowerCase(Locale.ROOT));
    resource.getLabels().forEach((name, value) -> fields.put("label." + name, value));
    return fields;
  }

  static Optional<Decision> deployment(Situation situation) {
    Duration within = situation.action().afterDeployment();
    if (within == null) {
      return Optional.empty();
    }
    String service = situation.place().service();
    if (service.isEmpty()) {
      return Guard.refuse(
          "deployment",
          "the inventory does not say which service " + situation.target() + " is of");
    }
    Optional<Instant> at = situation.known().orders().deployedAt(service);
    if (at.isEmpty()) {
      return Guard.refuse("deployment", "no deployment of " + service + " is known");
    }
    return situation.now().isBefore(at.get().plus(within))
        ? Optional.empty()
        : Guard.refuse(
            "deployment",
            service + " was deployed at " + at.get() + ", more than " + Words.of(within) + " ago");
  }

  /** People have their time before it is begun. */
  static Optional<Decision> after(Situation situation) {
    Instant from = situation.plan().getCreatedAt().plus(situation.action().after());
    // Event time may be ahead of this clock; nobody asked to wait for that.
    return !situation.action().after().isZero() && situation.now().isBefore(from)
        ? Optional.of(
            new Decision.Wait(
                "after", "people have time until " + from, situation.plan().getNotAfter()))
        : Optional.empty();
  }
}
