package io.tocsin.streams.rollup;

import static io.tocsin.streams.rollup.Parts.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.streams.rollup.Agenda.Action;
import io.tocsin.streams.rollup.Agenda.Due;
import io.tocsin.streams.window.WindowSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgendaTest {

  private static final WindowKey WINDOW = new WindowKey("rollup/fleet", 10_000, NOON);
  private static final long END = WINDOW.endsAt();
  private static final long RETENTION = 900_000;

  private final RollupSettings settings =
      RollupSettings.of(WindowSettings.defaults().withSpread(Duration.ZERO));
  private final Agenda agenda = new Agenda(settings);

  private List<Action> due(long wall) {
    return agenda.due(wall).stream().map(Due::action).toList();
  }

  @Test
  void aPartIsToldOnceAndNothingWhileThereIsNoNews() {
    agenda.took(WINDOW, END + 5_000);
    agenda.took(WINDOW, END + 5_500);
    assertThat(agenda.due(END + 6_000)).containsExactly(new Due(WINDOW, Action.UPDATE));
    assertThat(due(END + 7_000)).isEmpty();
  }

  @Test
  void aWindowIsFinalWhenItsEndAndTheGraceHavePassed() {
    agenda.took(WINDOW, NOON);
    due(NOON + 1_000);
    assertThat(due(END + 9_999)).isEmpty();
    assertThat(due(END + 10_000)).containsExactly(Action.FINAL);
  }

  @Test
  void aWindowIsNotFinalBeforeItIsQuiet() {
    agenda.took(WINDOW, END + 6_000);
    due(END + 7_000);
    agenda.took(WINDOW, END + 8_000);
    assertThat(due(END + 17_999)).containsExactly(Action.UPDATE);
    assertThat(due(END + 18_000)).containsExactly(Action.FINAL);
    assertThat(due(END + 19_000)).isEmpty();
  }

  @Test
  void aLatePartMakesItFinalAgainAtOnce() {
    agenda.took(WINDOW, END);
    assertThat(due(END + 20_000)).containsExactly(Action.FINAL);
    agenda.took(WINDOW, END + 60_000);
    assertThat(due(END + 60_500)).containsExactly(Action.FINAL);
    assertThat(due(END + 61_500)).isEmpty();
  }

  @Test
  void itIsRemovedWhenNoPartCameForTheRetention() {
    agenda.took(WINDOW, END);
    due(END + 20_000);
    agenda.took(WINDOW, END + 60_000);
    due(END + 61_000);
    assertThat(due(END + 60_000 + RETENTION - 1)).isEmpty();
    assertThat(due(END + 60_000 + RETENTION)).containsExactly(Action.REMOVE);
    assertThat(agenda.size()).isZero();
  }

  @Test
  void aWindowOfTheFutureIsNotFinalHoweverQuietItIs() {
    agenda.took(WINDOW, NOON - 60_000);
    assertThat(due(NOON - 59_000)).containsExactly(Action.UPDATE);
    assertThat(due(NOON)).isEmpty();
  }

  @Test
  void afterARestartQuietAndRetentionCountAnewAndWhatWasFinalStaysSo() {
    WindowKey other = new WindowKey("service/shop", 10_000, NOON);
    WindowKey corrected = new WindowKey("service/mail", 10_000, NOON);
    long restart = END + 3_600_000;
    agenda.restore(WINDOW, Kept.Stage.OPEN, restart);
    agenda.restore(other, Kept.Stage.TOLD, restart);
    agenda.restore(corrected, Kept.Stage.CORRECTED, restart);
    assertThat(agenda.due(restart + 1_000))
        .containsExactly(new Due(WINDOW, Action.UPDATE), new Due(corrected, Action.FINAL));
    assertThat(agenda.due(restart + 10_000)).containsExactly(new Due(WINDOW, Action.FINAL));
    agenda.took(other, restart + 11_000);
    assertThat(agenda.due(restart + 12_000)).containsExactly(new Due(other, Action.FINAL));
    assertThat(due(restart + RETENTION - 1)).isEmpty();
    assertThat(due(restart + 11_000 + RETENTION)).hasSize(3);
  }
}
