package io.tocsin.collectors.app.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GlobTest {

  @Test
  void starsQuestionMarksAndAlternativesMatchWhatTheyShould() {
    assertThat(new Glob("a*c").matches("abbc")).isTrue();
    assertThat(new Glob("a*c").matches("ac")).isTrue();
    assertThat(new Glob("a*c").matches("acb")).isFalse();
    assertThat(new Glob("5??").matches("503")).isTrue();
    assertThat(new Glob("5??").matches("50")).isFalse();
    assertThat(new Glob("a|b*|").matches("bcd")).isTrue();
    assertThat(new Glob("a|b*|").matches("")).isTrue();
    assertThat(new Glob("a|b*").matches("")).isFalse();
    assertThat(new Glob("*").matches("")).isTrue();
    assertThat(new Glob("*.*_total").matches("x.y_total_total")).isTrue();
    assertThat(new Glob("a.c").matches("abc")).isFalse();
  }

  @Test
  void noTextTakesForEver() {
    assertThat(new Glob("*a*a*a*a*a*a*a*a*b").matches("a".repeat(50_000))).isFalse();
  }
}
