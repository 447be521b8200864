package io.tocsin.collectors.app.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest implements Lines.Sink {

  private final List<String> found = new ArrayList<>();

  @Test
  void linesAreTheSameHoweverTheBytesArrive() {
    byte[] bytes = "one\n\ntwo and a half\nlast".getBytes(StandardCharsets.UTF_8);
    for (int chunk = 1; chunk <= bytes.length; chunk++) {
      found.clear();
      Lines lines = new Lines(100, this);
      for (int i = 0; i < bytes.length; i += chunk) {
        lines.feed(bytes, i, Math.min(bytes.length, i + chunk));
      }

      assertThat(lines.finish()).isFalse();
      assertThat(found).containsExactly("1:one", "2:", "3:two and a half", "4:last");
    }
  }

  @Test
  void aLineOverTheLimitIsSkippedHoweverItArrives() {
    byte[] bytes = "12345\n123456\n1\n".getBytes(StandardCharsets.UTF_8);
    for (int chunk = 1; chunk <= bytes.length; chunk++) {
      found.clear();
      Lines lines = new Lines(5, this);
      for (int i = 0; i < bytes.length; i += chunk) {
        lines.feed(bytes, i, Math.min(bytes.length, i + chunk));
      }

      assertThat(lines.finish()).isTrue();
      assertThat(found).containsExactly("1:12345", "2 too long", "3:1");
    }
  }

  @Override
  public void line(byte[] bytes, int from, int to, int number) {
    found.add(number + ":" + new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  @Override
  public void tooLong(int number) {
    found.add(number + " too long");
  }
}
