package io.tocsin.server.rule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that there is to say of one rule.
 *
 * @param version of the text on the topic
 * @param inForce the version that judges; null if none does
 * @param accepted whether the newest text is the one that judges
 * @param problems why it was refused; empty if it was not
 * @param mode {@code live}, {@code shadow}, {@code refused} or {@code pending}
 * @param firing how many alerts of it fire now
 * @param effective the newest text with its defaults; null if it cannot be read
 * @param tests those of the shipped tests that are about it
 * @param shadow how it differs from the live rule beside it; null if it is no shadow
 */
public record RuleDetail(
    String name,
    String version,
    @Nullable String inForce,
    String file,
    int line,
    String by,
    Instant at,
    String text,
    boolean accepted,
    List<String> problems,
    String mode,
    long firing,
    @Nullable EffectiveRule effective,
    List<Test> tests,
    RuleView.@Nullable Comparison shadow) {

  /**
   * A test that ships with the program.
   *
   * @param file where it stands
   * @param line at which it begins
   * @param passed whether the rules in force do what it says; null if that is not known now
   * @param problems what they do otherwise
   */
  public record Test(
      String name, String file, int line, @Nullable Boolean passed, List<String> problems) {}

  static RuleDetail of(RuleView rule, @Nullable EffectiveRule effective, List<Test> tests) {
    return new RuleDetail(
        rule.name(),
        rule.version(),
        rule.inForce(),
        rule.file(),
        rule.line(),
        rule.by(),
        rule.at(),
        rule.text(),
        rule.accepted(),
        rule.problems(),
        rule.mode(),
        rule.firing(),
        effective,
        tests,
        rule.comparison());
  }
}
