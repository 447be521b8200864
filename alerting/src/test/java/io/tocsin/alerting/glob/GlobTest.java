package io.tocsin.alerting.glob;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class GlobTest {

  @Property
  void aStarStandsForAnyTextAndAllElseForItself(
      @ForAll @Chars({'a', 'b', '*', '.'}) @StringLength(max = 8) String glob,
      @ForAll @Chars({'a', 'b', '.'}) @StringLength(max = 10) String text) {
    String expression =
        glob.chars()
            .mapToObj(one -> one == '*' ? ".*" : Pattern.quote(Character.toString(one)))
            .collect(Collectors.joining());
    assertThat(new Glob(glob).matches(text)).isEqualTo(text.matches(expression));
  }

  @Test
  void aPatternOfManyStarsTakesNoTime() {
    assertThat(new Glob("*a".repeat(200) + "b").matches("a".repeat(20_000))).isFalse();
  }
}
