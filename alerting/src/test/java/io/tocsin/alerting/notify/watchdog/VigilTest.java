package io.tocsin.alerting.notify.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Beat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class VigilTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration SILENCE = Duration.ofSeconds(90);

  @Test
  void whatWasNeverHeardOfIsSilentToo() {
    Vigil.Next next = Vigil.from(NOON, SILENCE).look(NOON.plusSeconds(90));
    assertThat(next.step()).isEqualTo(new Vigil.Step.Raise(SILENCE));
    assertThat(next.vigil().silentSince()).contains(NOON);
  }

  @Test
  void theAlarmIsRaisedOnceAndClearedOnce() {
    Vigil.Next raised = Vigil.from(NOON, SILENCE).look(NOON.plusSeconds(100));
    assertThat(raised.vigil().look(NOON.plusSeconds(500)).step())
        .isEqualTo(new Vigil.Step.Nothing());
    Vigil.Next cleared = raised.vigil().heard(NOON.plusSeconds(510));
    assertThat(cleared.step()).isEqualTo(new Vigil.Step.Clear(Duration.ofSeconds(510)));
    assertThat(cleared.vigil().heard(NOON.plusSeconds(520)).step())
        .isEqualTo(new Vigil.Step.Nothing());
  }

  @Property
  void everyGapThatIsTooLongIsRaisedAndNoOther(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 200) Integer> gaps) {
    Vigil vigil = Vigil.from(NOON, SILENCE);
    Instant now = NOON;
    List<Boolean> raised = new ArrayList<>();
    for (int gap : gaps) {
      boolean alarm = false;
      for (int second = 0; second < gap; second++) {
        Vigil.Next next = vigil.look(now.plusSeconds(second));
        vigil = next.vigil();
        alarm |= next.step() instanceof Vigil.Step.Raise;
      }
      now = now.plusSeconds(gap);
      vigil = vigil.heard(now).vigil();
      raised.add(alarm);
    }
    assertThat(raised).isEqualTo(gaps.stream().map(gap -> gap > 90).toList());
  }

  @Test
  void anOldBeatIsNoSignOfLife() {
    Beat beat = new Beat("host/a", NOON.minusSeconds(2), NOON.minusSeconds(1), NOON);
    Duration every = Duration.ofSeconds(30);
    assertThat(LifeSign.isAlive(Optional.of(beat), every, NOON.plusSeconds(29))).isTrue();
    assertThat(LifeSign.isAlive(Optional.of(beat), every, NOON.plusSeconds(31))).isFalse();
    assertThat(LifeSign.isAlive(Optional.empty(), every, NOON)).isFalse();
    assertThat(LifeSign.of(beat, "7:ab", NOON.plusSeconds(1)).notification().getLabels())
        .containsEntry("sample_to_window_ms", "1000")
        .containsEntry("window_to_alerting_ms", "1000")
        .containsEntry("alerting_to_notifier_ms", "1000")
        .containsEntry("audit_head", "7:ab");
  }
}
