package io.tocsin.alerting.healing.execute;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlainTextTest {

  @Test
  void becomesOneLineWithoutControlCharacters() {
    assertThat(PlainText.head("a\r\nb\u001b[31m\tc\u202ed\u0000\u2028e ", 99))
        .isEqualTo("a b [31m c d e");
  }

  @Test
  void keepsTheBeginningOrTheEnd() {
    assertThat(PlainText.head("abcdef", 4)).isEqualTo("abc…");
    assertThat(PlainText.tail("abcdef", 4)).isEqualTo("…def");
    assertThat(PlainText.tail("abcd", 4)).isEqualTo("abcd");
  }

  @Property
  void neverGrowsNorBreaksACharacter(@ForAll String text, @ForAll @IntRange(min = 2) int most) {
    for (String plain : new String[] {PlainText.head(text, most), PlainText.tail(text, most)}) {
      assertThat(plain.length()).isLessThanOrEqualTo(most);
      assertThat(plain).doesNotContainPattern("\\p{Cc}");
      assertThat(plain.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF)).isEmpty();
    }
  }
}
