package io.tocsin.alerting.replay.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTimeTest {

  @ParameterizedTest
  @CsvSource({
    "1661140279, 2022-08-22T03:51:19Z",
    "1661140279.25, 2022-08-22T03:51:19.250Z",
    "1661140279000, 2022-08-22T03:51:19Z",
    "1661140279000000, 2022-08-22T03:51:19Z",
    "1661140279000000000, 2022-08-22T03:51:19Z",
    "2022-08-22 03:51:19, 2022-08-22T03:51:19Z",
    "2022-08-22 03:51, 2022-08-22T03:51:00Z",
    "2022-08-22T03:51:19Z, 2022-08-22T03:51:19Z",
    "2022-08-22T05:51:19+02:00, 2022-08-22T03:51:19Z",
    "2022-08-22T05:51:19.5+0200, 2022-08-22T03:51:19.500Z",
    "2022-08-22 03:51:19.607158889 +0000 UTC m=+0.113112869, 2022-08-22T03:51:19.607158889Z",
  })
  void readsTheUnitsThatTracesUse(String text, Instant expected) {
    assertThat(TraceTime.of(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-5", "yesterday", "2022-13-01 00:00:00", "2022-02-30T25:00:00Z", "NaN"})
  void whatIsNoTimeIsNone(String text) {
    assertThat(TraceTime.of(text)).isNull();
  }

  @Test
  void nothingIsNoTime() {
    assertThat(TraceTime.of(null)).isNull();
  }

  @Property
  void secondsAndMillisecondsOfOneTimeAgree(
      @ForAll @LongRange(min = 200_000_000, max = 4_000_000_000L) long second) {
    assertThat(TraceTime.of(Long.toString(second)))
        .isEqualTo(TraceTime.of(second + "000"))
        .isEqualTo(Instant.ofEpochSecond(second));
  }
}
