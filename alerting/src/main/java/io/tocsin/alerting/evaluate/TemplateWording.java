package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.SummaryTemplate;
import io.tocsin.alerting.signal.Fields;
import java.util.HashMap;
import java.util.Map;

/** Says what a rule has found as its summary template has it. Not thread-safe. */
public final class TemplateWording implements Wording {

  /** Rules change now and then; what is left of old ones goes with the rest. */
  private static final int MOST = 100_000;

  private final Map<String, SummaryTemplate> templates = new HashMap<>();

  @Override
  public String summary(Rule rule, Subject subject, Fields figures) {
    if (templates.size() >= MOST) {
      templates.clear();
    }
    return templates
        .computeIfAbsent(rule.summary(), SummaryTemplate::of)
        .render(name -> figure(name, subject, figures));
  }

  private static Object figure(String name, Subject subject, Fields figures) {
    Object figure = figures.get(name);
    if (figure != null) {
      return figure;
    }
    return switch (name) {
      case "resource" -> subject.resourceId();
      case "service" -> subject.service() == null ? "" : subject.service();
      case "series" -> subject.series();
      default -> null;
    };
  }
}
