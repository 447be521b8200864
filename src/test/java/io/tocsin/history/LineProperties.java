package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class LineProperties {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Property
  void aTagComesOutOfTheLineAsItWasCleaned(@ForAll String value) {
    String line =
        new Line("t").tag("a", value).tag("b", "x").number("f", 1.0).at(NOON).orElseThrow();
    List<String> tags = split(line.substring(0, endOfTags(line)), ',');
    int place = value.isEmpty() ? 1 : 2;
    if (!value.isEmpty()) {
      assertThat(unescape(tags.get(1))).isEqualTo("a=" + Line.clean(value));
    }
    assertThat(tags).hasSize(place + 1);
    assertThat(tags.get(place)).isEqualTo("b=x");
    assertThat(line).endsWith(" f=1.0 1767268800000000000");
  }

  @Property
  void aTagIsValidTextOfBoundedLengthWithoutControlCharacters(
      @ForAll @StringLength(max = 3_000) String value) {
    String clean = Line.clean(value);
    assertThat(clean).hasSizeLessThanOrEqualTo(Line.LONGEST_TAG).doesNotContain("\\");
    assertThat(clean.chars()).noneMatch(Character::isISOControl);
    assertThat(new String(clean.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(clean);
    assertThat(Line.clean(clean)).isEqualTo(clean);
  }

  @Property
  void wordsStayWithinTheirQuotes(@ForAll @StringLength(max = 5_000) String words) {
    String line = new Line("t").words("w", words).number("f", 1.0).at(NOON).orElseThrow();
    assertThat(line).endsWith("f=1.0 1767268800000000000").doesNotContain("\n", "\r");
    if (!words.isEmpty()) {
      String quoted = line.substring(line.indexOf('"'), line.lastIndexOf('"') + 1);
      assertThat(quoted.replace("\\\\", "").replace("\\\"", "").chars().filter(c -> c == '"'))
          .hasSize(2);
    }
  }

  @Property
  void aStatisticIsReadBackToSinglePrecision(@ForAll double value) {
    String line = new Line("t").statistic("s", value).flag("f", true).at(NOON).orElseThrow();
    if (Math.abs(value) <= Float.MAX_VALUE) {
      String text = line.substring(line.indexOf("s=") + 2, line.indexOf(",f="));
      assertThat(Float.parseFloat(text)).isEqualTo((float) value);
    } else {
      assertThat(line).doesNotContain("s=");
    }
  }

  @Example
  void aPointWithoutANumberIsNone() {
    assertThat(new Line("t").tag("a", "b").number("f", Double.NaN).statistic("g", null).at(NOON))
        .isEmpty();
  }

  private static int endOfTags(String line) {
    int place = 0;
    while (line.charAt(place) != ' ' || line.charAt(place - 1) == '\\') {
      place++;
    }
    return place;
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int begin = 0;
    for (int place = 0; place < text.length(); place++) {
      if (text.charAt(place) == separator && text.charAt(place - 1) != '\\') {
        parts.add(text.substring(begin, place));
        begin = place + 1;
      }
    }
    parts.add(text.substring(begin));
    return parts;
  }

  private static String unescape(String text) {
    return text.replaceAll("\\\\([,= ])", "$1");
  }
}
