package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitStateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "loaded | active | running | success | 0 | UP a.service is active (running)",
        "loaded | active | exited | success | 0 | UP a.service is active (exited)",
        "loaded | active | running | success | 3 | UP a.service is active (running), restarts 3",
        "loaded | active | listening | success | - | UP a.service is active (listening)",
        "loaded | reloading | reload | success | 0 | UP a.service is reloading (reload)",
        "loaded | activating | start-pre | success | 0 | UNKNOWN a.service is activating (start-pre)",
        "loaded | activating | auto-restart | exit-code | 7 | DOWN a.service is activating"
            + " (auto-restart), result exit-code, restarts 7",
        "loaded | activating | auto-restart-queued | signal | 1 | DOWN a.service is activating"
            + " (auto-restart-queued), result signal, restarts 1",
        "loaded | deactivating | stop-sigterm | success | 0 | DOWN a.service is deactivating"
            + " (stop-sigterm)",
        "loaded | inactive | dead | success | 0 | DOWN a.service is inactive (dead)",
        "loaded | failed | failed | oom-kill | 5 | DOWN a.service is failed (failed), result"
            + " oom-kill, restarts 5",
        "not-found | inactive | dead | - | - | DOWN a.service is inactive (dead), not-found",
        "masked | inactive | dead | success | 0 | DOWN a.service is inactive (dead), masked",
        "loaded | maintenance | x | - | - | UNKNOWN a.service is maintenance (x)",
        "loaded | something-new | x | - | - | DOWN a.service is something-new (x)"
      })
  void whatSystemdSaysIsJudged(
      String load, String active, String sub, String result, Long restarts, String told) {
    Verdict verdict = new UnitState("a.service", load, active, sub, result, restarts).verdict();

    assertThat(verdict.health() + " " + verdict.evidence()).isEqualTo(told);
    assertThat(verdict.answered()).isTrue();
  }
}
