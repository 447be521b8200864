package io.tocsin.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class GlobTest {

  @Property(tries = 5_000)
  void agreesWithTheRegularExpressionItStandsFor(
      @ForAll @Chars({'a', 'b', '*', '.'}) @StringLength(max = 8) String pattern,
      @ForAll @Chars({'a', 'b', '*', '.'}) @StringLength(max = 10) String text) {
    String regex =
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));

    assertThat(new Glob(pattern).matches(text)).isEqualTo(text.matches(regex));
  }

  @Example
  void isAnchoredAtBothEnds() {
    assertThat(new Glob("exec").matches("exec-create")).isFalse();
    assertThat(new Glob("exec").matches("my-exec")).isFalse();
    assertThat(new Glob("*").matches("")).isTrue();
  }

  @Example
  void nothingInItMeansAnythingButTheStar() {
    assertThat(new Glob("a.c").matches("abc")).isFalse();
    assertThat(new Glob("\\Q*\\E").matches("\\Qx\\E")).isTrue();
    assertThat(new Glob("(").matches("(")).isTrue();
    assertThat(new Glob("[a-z]+").matches("abc")).isFalse();
  }

  @Example
  void aHostilePatternTakesNoLongerThanTheProductOfBothLengths() {
    assertThat(new Glob("*a".repeat(200) + "b").matches("a".repeat(10_000))).isFalse();
  }
}
