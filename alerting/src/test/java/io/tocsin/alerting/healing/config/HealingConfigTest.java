package io.tocsin.alerting.healing.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tocsin.alerting.healing.HealExamples;
import io.tocsin.alerting.healing.execute.exec.ExecSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealingConfigTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Verify VERIFY = Verify.probes(1, SECOND);

  private static Action action(
      String name, String target, String program, Path directory, Duration timeout, int attempts) {
    return new Action(
        name,
        new ExecSpec(List.of(program), directory),
        Targets.of(target),
        timeout,
        null,
        Duration.ZERO,
        attempts,
        SECOND,
        null,
        null,
        VERIFY);
  }

  @Test
  void observesUnlessToldOtherwise() {
    HealingConfig config = HealingConfig.DEFAULT;
    assertThat(config.mode()).isEqualTo(Mode.OBSERVE);
    assertThat(config.actions()).isEmpty();
  }

  @Test
  void refusesTwoActionsOfOneName() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> HealingConfig.of(Mode.AUTO, List.of(HealExamples.RESTART, HealExamples.RESTART)))
        .withMessageContaining("'restart-shop' is there twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-rf", "../x", "a b", "a\n", "$(id)", "Restart"})
  void refusesNamesThatAreMoreThanNames(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> action(name, "host/a", "/bin/true", null, SECOND, 1))
        .withMessageContaining("must match");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"shop", "endpoint/", "endpoint/-rf", "endpoint/../x", "disk/a", "host/a\n"})
  void refusesTargetsThatAreNoIds(String target) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> action("a", target, "/bin/true", null, SECOND, 1))
        .withMessageContaining("must match");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "bin/restart", "../restart", "./restart", "/bin/\0"})
  void refusesProgramsThatDependOnWhereOneStands(String program) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> action("a", "host/a", program, null, SECOND, 1))
        .withMessageContaining("");
  }

  @Test
  void refusesFiguresThatMakeNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> action("a", "host/a", "true", null, Duration.ZERO, 1))
        .withMessageContaining("timeout must be more than 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> action("a", "host/a", "true", null, Duration.ofHours(2), 1))
        .withMessageContaining("timeout must be at most");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> action("a", "host/a", "true", null, SECOND, 0))
        .withMessageContaining("max-attempts must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Verify.probes(0, SECOND))
        .withMessageContaining("verify.healthy-probes must be at least 1");
  }
}
