package io.tocsin.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlappingTest {

  @Test
  void sixtyFlipsAnHourAreToldAsFlappingOnceAndAsSettledOnce() {
    Scene scene = new Scene(TestRules.load(0, 0));
    for (int minute = 0; minute < 60; minute++) {
      scene.value(minute * 60, minute % 2 == 0 ? 95 : 50);
    }
    for (int minute = 60; minute < 180; minute++) {
      scene.value(minute * 60, 50);
    }
    assertThat(Scene.words(scene.all()))
        .containsExactly(
            "FIRING 0",
            "CLEARED 0",
            "FIRING 120",
            "CLEARED 120",
            "FIRING 240",
            "FLAPPING 240",
            "CLEARED 240");
    assertThat(scene.alert().getAt()).isEqualTo(Scene.at((59 + 31) * 60));
    scene.remembersNoSeries();
  }

  @Test
  void whatSettlesAsBadGoesOnAsTheEpisodeThatWasHeld() {
    Scene scene = new Scene(TestRules.load(0, 0));
    for (int minute = 0; minute < 6; minute++) {
      scene.value(minute * 60, minute % 2 == 0 ? 95 : 50);
    }
    scene.tells("FLAPPING 240").value(360, 95).tells().holds(Reason.FLAPPING);
    for (int minute = 7; minute <= 36; minute++) {
      scene.value(minute * 60, 95).tells();
    }
    scene.value(37 * 60, 95).tells("FIRING 240").value(38 * 60, 50).tells("CLEARED 240");
  }

  @Test
  void flipsThatAreFarApartAreNoFlapping() {
    Scene scene = new Scene(TestRules.load(0, 0));
    for (int flip = 0; flip < 20; flip++) {
      scene.value(flip * 800, flip % 2 == 0 ? 95 : 50);
    }
    assertThat(Scene.words(scene.all())).noneMatch(word -> word.startsWith("FLAPPING"));
  }
}
