package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.SummaryTemplate;
import io.tocsin.alerting.signal.Fields;
import java.util.HashMap;
import java.util.Map;

/** Fills in the rule's own template. Remembers templates it has read; not thread-safe. */
public final class TemplateWording implements Wording {

  /** More are forgotten all at once: as many templates as rules are read, which change seldom. */
  private static final int MOST = 20_000;

  private final Map<String, SummaryTemplate> templates = new HashMap<>();

  @Override
  public String summary(Rule rule, Subject subject, Fields figures) {
    if (templates.size() >= MOST) {
      templates.clear();
    }
    return templates
        .computeIfAbsent(rule.summary(), SummaryTemplate::of)
        .render(name -> "rule".equals(name) ? rule.name() : figures.get(name));
  }
}
