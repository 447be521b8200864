package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class EvidenceProperties {

  @Property
  void whateverIsSaidIsShortAndHarmless(@ForAll @StringLength(max = 600) String text) {
    String shown = Evidence.of(text);

    assertThat(shown).hasSizeLessThanOrEqualTo(Evidence.LIMIT);
    assertThat(shown.codePoints().map(Character::getType))
        .doesNotContain(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.LINE_SEPARATOR);
    // What could not be encoded would be lost on the way to a topic.
    assertThat(new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(shown);
  }

  @Property
  void plainTextStaysAsItIs(
      @ForAll @StringLength(max = Evidence.LIMIT) @CharRange(from = ' ', to = '~') String text) {
    assertThat(Evidence.of(text)).isSameAs(text);
  }

  @Property
  void longTextKeepsItsBeginning(
      @ForAll @StringLength(min = 257, max = 2_000) @CharRange(from = 'a', to = 'z') String text) {
    assertThat(Evidence.of(text))
        .hasSize(Evidence.LIMIT)
        .isEqualTo(text.substring(0, Evidence.LIMIT - 1) + "…");
  }

  @Example
  void whatCannotBeSeenIsWrittenOut() {
    assertThat(Evidence.of("a\nb\tc\r\u001b[31m\u0000\u202e\ud800"))
        .isEqualTo("a\\nb\\tc\\r\\u001b[31m\\u0000\\u202e\\ud800");
  }
}
