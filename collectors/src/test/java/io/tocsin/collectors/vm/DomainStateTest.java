package io.tocsin.collectors.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Health;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainStateTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, UNKNOWN, libvirt does not know its state",
    "1, 1, UP, ''",
    "2, 0, UP, ''",
    "3, 0, DOWN, paused",
    "3, 1, DOWN, paused by a user",
    "3, 2, UNKNOWN, paused for a migration",
    "3, 5, DOWN, paused after a disk error",
    "3, 9, UNKNOWN, paused for a snapshot",
    "3, 10, DOWN, paused after its guest crashed",
    "3, 13, DOWN, paused after a post-copy migration failed",
    "3, 99, DOWN, paused",
    "4, 1, UNKNOWN, is being shut down",
    "5, 3, DOWN, shut off because it crashed",
    "5, 6, DOWN, shut off because it failed to start",
    "6, 1, DOWN, crashed",
    "7, 0, DOWN, its guest suspended itself to memory",
    "99, 0, UNKNOWN, libvirt does not know its state",
    "-7, 0, UNKNOWN, libvirt does not know its state"
  })
  void everyStateHasAHealthAndAReason(long state, long reason, Health health, String evidence) {
    Verdict verdict = DomainState.of(stats(state, reason), null);

    assertThat(verdict).isInstanceOf(Verdict.Report.class);
    assertThat(((Verdict.Report) verdict).health()).isEqualTo(health);
    assertThat(((Verdict.Report) verdict).evidence()).isEqualTo(evidence);
  }

  @ParameterizedTest
  @CsvSource({"1, true, true", "2, true, true", "4, true, false", "1, false, false"})
  void whatIsShutOffIsDownOnlyIfItShouldRunHere(long reason, boolean autostart, boolean down) {
    Verdict verdict = DomainState.of(stats(5, reason), FakeHypervisor.details(autostart, 0));

    assertThat(verdict instanceof Verdict.Report).isEqualTo(down);
  }

  private static DomainStats stats(long state, long reason) {
    return new DomainStats("u", "n", 1, FakeHypervisor.inState(state, reason));
  }
}
