package io.tocsin.collectors.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;

class PlainTextProperties {

  @Property
  void whateverComesTheResultIsShortHarmlessAndEncodable(
      @ForAll @CharRange(from = '\u0000', to = '\uFFFF') String text,
      @ForAll @IntRange(min = 1, max = 20) int longest) {
    String clean = PlainText.of(text, longest);

    assertThat(clean.length()).isLessThanOrEqualTo(longest);
    assertThat(clean.codePoints().noneMatch(Character::isISOControl)).isTrue();
    byte[] bytes = clean.getBytes(StandardCharsets.UTF_8);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(clean);
    assertThat(PlainText.of(clean, longest)).isEqualTo(clean);
  }

  @Example
  void ordinaryTextStaysAsItIs() {
    assertThat(PlainText.of("Grüße 😀 <b>", 50)).isEqualTo("Grüße 😀 <b>");
    assertThat(PlainText.of("one\ntwo\tthree", 50)).isEqualTo("one two three");
    assertThat(PlainText.of("abcdef", 4)).isEqualTo("abc…");
    assertThat(PlainText.of(null, 4)).isEmpty();
  }
}
