package io.tocsin.alerting.replay.test;

import io.tocsin.alerting.yaml.Problem;
import java.util.List;

/**
 * What came of reading a file of tests.
 *
 * @param file the file as the user named it
 * @param config the configuration whose routes say who is told, as the file names it: relative to
 *     its own directory; null if it names none
 * @param tests those that nothing is wrong with, in the order of the file
 * @param problems all that is wrong with the others
 */
public record RuleTestFile(
    String file, String config, List<RuleTest> tests, List<Problem> problems) {

  /** Copies what it is given. */
  public RuleTestFile {
    tests = List.copyOf(tests);
    problems = List.copyOf(problems);
  }
}
