package io.tocsin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  private static boolean ready(String recorder) {
    Map<String, Supplier<String>> parts =
        Map.of("streams", () -> Readiness.UP, "recorder", () -> recorder);
    return Readiness.of(parts, 1).ready();
  }

  @Test
  void aWarningIsSaidAndDoesNotMakeItNotReady() {
    assertThat(ready(Readiness.UP)).isTrue();
    assertThat(ready(Readiness.WARNING + "too many series")).isTrue();
    assertThat(ready("UPSIDE DOWN")).isFalse();
    assertThat(ready("the store is away")).isFalse();
  }
}
