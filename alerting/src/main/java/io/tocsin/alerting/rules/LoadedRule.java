package io.tocsin.alerting.rules;

import io.tocsin.schemas.RuleText;
import java.time.Instant;

/**
 * A rule that has been read, and where.
 *
 * @param rule checked and compiled
 * @param text as it stands in the file, indented as there
 * @param file the file
 * @param line line at which it begins, from 1
 */
public record LoadedRule(Rule rule, String text, String file, int line) {

  /**
   * As it travels to the job.
   *
   * @param by who puts it there; {@code config} for the installation's own files
   * @param at when
   */
  public RuleText asText(String by, Instant at) {
    return RuleText.newBuilder()
        .setName(rule.name())
        .setVersion(rule.version())
        .setText(text)
        .setFile(file)
        .setLine(line)
        .setBy(by)
        .setAt(at)
        .build();
  }
}
