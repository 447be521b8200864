package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerHealthTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "running | 0 | false | healthy | ok | UP web is healthy: ok",
        "running | 0 | false | healthy | - | UP web is healthy",
        "running | 0 | false | unhealthy | no database | DOWN web is unhealthy: no database",
        "running | 0 | false | starting | - | UNKNOWN web is starting",
        "running | 0 | false | - | - | UP web is running, it has no health check",
        "running | 0 | false | none | - | UP web is running, it has no health check",
        "running | 0 | false | something-new | - | DOWN web is something-new",
        "paused | 0 | false | healthy | - | DOWN web is paused",
        "restarting | 1 | false | unhealthy | - | DOWN web is restarting, exit code 1",
        "exited | 137 | true | unhealthy | - | DOWN web is exited, exit code 137, killed for want of"
            + " memory",
        "exited | 0 | false | - | - | DOWN web is exited, exit code 0",
        "created | 0 | false | - | - | DOWN web is created",
        "dead | 255 | false | - | - | DOWN web is dead, exit code 255"
      })
  void whatDockerSaysIsJudged(
      String status, long exitCode, boolean oom, String health, String said, String told) {
    Verdict verdict = new ContainerHealth("web", status, exitCode, oom, health, said).verdict();

    assertThat(verdict.health() + " " + verdict.evidence()).isEqualTo(told);
  }
}
