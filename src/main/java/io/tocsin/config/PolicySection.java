package io.tocsin.config;

import io.tocsin.schemas.Severity;
import io.tocsin.streams.policy.DefaultSeverities;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How container policy works, beside the policies themselves, which stand on their topic.
 *
 * @param severities by action, how bad it is where no rule says it: low, medium, high or critical
 */
public record PolicySection(Map<String, String> severities) {

  static final PolicySection DEFAULT = new PolicySection(null);

  public PolicySection {
    severities = severities == null ? Map.of() : Map.copyOf(severities);
  }

  /** The usual severities with these in place of some. */
  public DefaultSeverities table() {
    Map<String, Severity> byAction = new HashMap<>();
    severities.forEach(
        (action, severity) ->
            byAction.put(action, Severity.valueOf(severity.toUpperCase(Locale.ROOT))));
    return new DefaultSeverities(byAction);
  }
}
