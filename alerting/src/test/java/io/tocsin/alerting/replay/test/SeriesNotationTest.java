package io.tocsin.alerting.replay.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.replay.test.SeriesNotation.Parsed;
import io.tocsin.alerting.signal.FieldDoc;
import io.tocsin.schemas.Health;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesNotationTest {

  private static final FieldDoc NUMBER = FieldDoc.number("n", "", "A number.");
  private static final FieldDoc BOOL = FieldDoc.bool("b", "A flag.");
  private static final FieldDoc HEALTH = FieldDoc.words("h", Health.class, "Health.");
  private static final FieldDoc TEXT = FieldDoc.text("t", "A text.");

  private static List<Object> values(String text, FieldDoc figure) {
    return ((Parsed.Values) SeriesNotation.parse(text, figure)).values();
  }

  @Test
  void numbersRepeatRiseFallAndPause() {
    assertThat(values("10x2 -1.5 _x2 3", NUMBER))
        .isEqualTo(Arrays.asList(10.0, 10.0, -1.5, null, null, 3.0));
    assertThat(values("1+2x3", NUMBER)).containsExactly(1.0, 3.0, 5.0);
    assertThat(values("1-0.5x3", NUMBER)).containsExactly(1.0, 0.5, 0.0);
    assertThat(values("1e3 _", NUMBER)).isEqualTo(Arrays.asList(1_000.0, null));
  }

  @Test
  void wordsRepeat() {
    assertThat(values("truex2 false", BOOL)).containsExactly(true, true, false);
    assertThat(values("UP DOWNx2", HEALTH)).containsExactly("UP", "DOWN", "DOWN");
    assertThat(values("maxx2 x3x1", TEXT)).containsExactly("max", "max", "x3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 2 up|4|up is no number",
        "1x0|0|1x0 is no value at all",
        "1x99999 1x2|8|has too many values; 100000 are allowed",
        "''|0|has no values; write such as 10x6 95x20",
        "1..2|0|1..2 is no number",
      })
  void whatIsNoNumberSaysWhere(String text, int offset, String message) {
    assertThat(SeriesNotation.parse(text, NUMBER)).isEqualTo(new Parsed.Wrong(offset, message));
  }

  @Test
  void wordsThatNeverComeAreRefused() {
    assertThat(SeriesNotation.parse("UP up", HEALTH))
        .isEqualTo(new Parsed.Wrong(3, "up is not one of UP, DOWN, UNKNOWN"));
    assertThat(SeriesNotation.parse("1", BOOL))
        .isEqualTo(new Parsed.Wrong(0, "1 is neither true nor false"));
  }
}
