package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Health;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HysteresisTest {

  private final List<String> told = new ArrayList<>();

  @Test
  void withoutHysteresisEveryPassCounts() {
    run(1, 1, "u d u");

    assertThat(told).containsExactly("UP seen", "DOWN seen", "UP seen");
  }

  @Test
  void theOldHealthHoldsUntilEnoughPassesInARowFail() {
    run(1, 3, "u d d d d");

    assertThat(told)
        .containsExactly(
            "UP seen",
            "UP failing 1 of 3: seen",
            "UP failing 2 of 3: seen",
            "DOWN seen",
            "DOWN seen");
  }

  @Test
  void theOldHealthHoldsUntilEnoughPassesInARowAreHealthy() {
    run(2, 1, "d u d u u");

    assertThat(told)
        .containsExactly(
            "DOWN seen",
            "DOWN healthy 1 of 2: seen",
            "DOWN seen",
            "DOWN healthy 1 of 2: seen",
            "UP seen");
  }

  @Test
  void aHealthyPassEndsARowOfFailingOnes() {
    run(1, 2, "u d u d d");

    assertThat(told.get(3)).isEqualTo("UP failing 1 of 2: seen");
    assertThat(told.get(4)).isEqualTo("DOWN seen");
  }

  @Test
  void unknownNeitherConfirmsNorEndsARow() {
    run(1, 2, "u d ? ? d");

    assertThat(told)
        .containsExactly(
            "UP seen", "UP failing 1 of 2: seen", "UNKNOWN seen", "UNKNOWN seen", "DOWN seen");
  }

  @Test
  void anUnknownPassDoesNotMakeTheNextHealthyOneWait() {
    run(3, 1, "u u u ? u");

    assertThat(told.get(4)).isEqualTo("UP seen");
  }

  @Test
  void nothingIsClaimedBeforeTheFirstRowIsComplete() {
    run(2, 2, "d u d d");

    assertThat(told)
        .containsExactly(
            "UNKNOWN failing 1 of 2: seen",
            "UNKNOWN healthy 1 of 2: seen",
            "UNKNOWN failing 1 of 2: seen",
            "DOWN seen");
  }

  private void run(int rise, int fall, String passes) {
    Hysteresis state = Hysteresis.start(rise, fall);
    for (String pass : passes.split(" ")) {
      Verdict seen =
          switch (pass) {
            case "u" -> Verdict.up("seen");
            case "d" -> Verdict.down("seen");
            default -> Verdict.unknown("seen");
          };
      state = state.after(seen.health());
      Verdict verdict = state.tell(seen);
      told.add(verdict.health() + " " + verdict.evidence());
    }
    assertThat(state.settled()).isNotNull();
    assertThat(told).noneMatch(line -> line.startsWith(Health.UNKNOWN + " UNKNOWN"));
  }
}
