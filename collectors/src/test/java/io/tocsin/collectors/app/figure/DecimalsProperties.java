package io.tocsin.collectors.app.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DecimalsProperties {

  @Property(tries = 2000)
  void everyDoubleIsReadExactly(@ForAll double value) throws Malformed {
    assertThat(decimal(Double.toString(value))).isEqualTo(value);
  }

  @Property(tries = 2000)
  void plainDecimalsAreReadAsTheJdkReadsThem(
      @ForAll long whole, @ForAll @IntRange(min = 0, max = 1_000_000_000) int fraction)
      throws Malformed {
    String text = whole + "." + fraction;

    assertThat(decimal(text)).isEqualTo(Double.parseDouble(text));
  }

  @Property(tries = 2000)
  void everyLongIsReadExactly(@ForAll long value) throws Malformed {
    byte[] bytes = Long.toString(value).getBytes(StandardCharsets.US_ASCII);

    assertThat(Decimals.whole(bytes, 0, bytes.length)).isEqualTo(value);
  }

  @Example
  void whatOtherLanguagesTakeForNumbersIsNone() {
    for (String text :
        List.of(
            "",
            "-",
            "+",
            ".",
            "1d",
            "1f",
            "0x1p3",
            "1_000",
            " 1",
            "1 ",
            "1e",
            "--1",
            "1.2.3",
            "1e999",
            "NaN",
            "1".repeat(401),
            "1,5")) {
      assertThatThrownBy(() -> decimal(text)).as(text).isInstanceOf(Malformed.class);
    }
    for (String text :
        List.of("", "-", "+1", "1.0", "9223372036854775808", "-9223372036854775809")) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      assertThatThrownBy(() -> Decimals.whole(bytes, 0, bytes.length))
          .as(text)
          .isInstanceOf(Malformed.class);
    }
  }

  private static double decimal(String text) throws Malformed {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return Decimals.decimal(bytes, 0, bytes.length);
  }
}
