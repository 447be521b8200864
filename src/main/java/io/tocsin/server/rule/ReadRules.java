package io.tocsin.server.rule;

import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.schemas.RuleText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Texts of rules, read. A text is read once: what came of the newest {@value #MOST} is remembered.
 * Thread-safe.
 */
final class ReadRules {

  private static final int MOST = 2_000;

  private final Map<String, Optional<Rule>> read =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Rule>> eldest) {
          return size() > MOST;
        }
      };

  /** The rule; empty if the text is none. */
  synchronized Optional<Rule> of(RuleText text) {
    return read.computeIfAbsent(
        text.getName() + "@" + text.getVersion(),
        key -> new RuleReader().read(text).rules().stream().findFirst().map(LoadedRule::rule));
  }

  /** All of these that are rules. */
  List<Rule> of(Collection<RuleText> texts) {
    return texts.stream().flatMap(text -> of(text).stream()).toList();
  }
}
