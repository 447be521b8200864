package io.tocsin.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessDeskTest {

  private static final Duration DAY = Duration.ofDays(1);

  /** Whatever a provider calls somebody, they get a name that a token could have. */
  @Property
  void everyForeignNameBecomesOneThatIsTaken(@ForAll String foreign) {
    assertThat(AccessDesk.problems(AccessDesk.name(foreign), Role.VIEWER, DAY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kim", "kim@example.org", "ci bot 2", "Zoë", "李"})
  void aPlainNameStaysAsItIs(String name) {
    assertThat(AccessDesk.name(name)).isEqualTo(name);
    assertThat(AccessDesk.problems(name, Role.VIEWER, DAY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-x", "responder/1", "a\nb", "<b>", "local", "config"})
  void aNameThatMeansSomebodyElseOrIsNoLineIsRefused(String name) {
    assertThat(AccessDesk.problems(name, Role.VIEWER, DAY))
        .singleElement()
        .asString()
        .startsWith("name: ");
    assertThat(AccessDesk.name(name)).isNotEqualTo(name);
  }

  @Test
  void aTokenEndsWithinAYear() {
    assertThat(AccessDesk.problems("kim", Role.VIEWER, Duration.ofDays(366))).isEmpty();
    assertThat(AccessDesk.problems("kim", Role.VIEWER, Duration.ofDays(367))).hasSize(1);
    assertThat(AccessDesk.problems("kim", Role.NOBODY, Duration.ZERO)).hasSize(2);
  }
}
