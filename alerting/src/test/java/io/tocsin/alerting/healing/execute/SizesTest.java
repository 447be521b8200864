package io.tocsin.alerting.healing.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {

  @Property
  void aSizeIsReadAsItIsWritten(@ForAll @IntRange(min = 1, max = 999_999_999) int number) {
    ByteSize mebibytes = ByteSize.parse(number + "MiB");
    assertThat(mebibytes.bytes()).isEqualTo(number * 1048576L);
    assertThat(ByteSize.parse(mebibytes.toString())).isEqualTo(mebibytes);
    assertThat(ByteSize.parse(number + "GiB").bytes()).isEqualTo(number * 1073741824L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1MB", "0MiB", "-1MiB", "1.5GiB", "1MiB\n", "9999999999MiB"})
  void otherSizesAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.parse(text));
  }

  @Property
  void aStepNeverShrinksNorPassesItsBound(
      @ForAll @IntRange(min = 1, max = 5000) int now,
      @ForAll @IntRange(min = 1, max = 5000) int by,
      @ForAll @IntRange(min = 1, max = 5000) int most) {
    MemoryStep step = new MemoryStep(ByteSize.parse(by + "MiB"), ByteSize.parse(most + "MiB"));
    long after = step.after(now * 1048576L) / 1048576;
    assertThat(after).isBetween((long) now, (long) Math.max(now, Math.min(most, now + by)));
    assertThat(after).isEqualTo(now >= most ? now : Math.min(most, now + by));
  }

  @Test
  void aPlanIsBegunOnceAndOldOnesAreForgotten() {
    PlansDone plans = new PlansDone();
    assertThat(plans.begin("a")).isTrue();
    assertThat(plans.begin("a")).isFalse();
    for (int i = 0; i < 1_000; i++) {
      assertThat(plans.begin("plan-" + i)).isTrue();
    }
    assertThat(plans.begin("plan-999")).isFalse();
    assertThat(plans.begin("a")).isTrue();
  }
}
