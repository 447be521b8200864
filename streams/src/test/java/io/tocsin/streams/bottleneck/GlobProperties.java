package io.tocsin.streams.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class GlobProperties {

  @Property
  void aStarStandsForAnythingAndNothingElseDoes(
      @ForAll @Chars({'a', 'b', '*'}) @StringLength(max = 8) String pattern,
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 10) String id) {
    boolean expected = Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), id);
    assertThat(new Glob(pattern).matches(id)).isEqualTo(expected);
  }

  @Property
  void whatHasNoStarMatchesItselfAlone(@ForAll @StringLength(max = 8) String id) {
    if (id.indexOf('*') < 0) {
      assertThat(new Glob(id).isExact()).isTrue();
      assertThat(new Glob(id).matches(id)).isTrue();
      assertThat(new Glob(id).matches(id + "x")).isFalse();
    }
  }
}
