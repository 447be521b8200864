package io.tocsin.collectors.app.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.app.figure.Figure;
import io.tocsin.collectors.app.figure.TextCache;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/**
 * What an encoder that follows the syntax page writes is read as it was meant; the rest is named.
 */
class LineProtocolProperties {

  private final List<Figure> figures = new ArrayList<>();
  private final List<Integer> bad = new ArrayList<>();

  @Property(tries = 500)
  void whatIsEncodedIsReadBack(
      @ForAll("names") String measurement,
      @ForAll("tags") Map<String, String> tags,
      @ForAll("names") String field,
      @ForAll("values") double value,
      @ForAll("text") String text) {
    String line =
        Encoder.line(measurement, tags, field, value, text, 1_767_268_800_123L)
            + '\n'
            + "after value=1";

    read(line.getBytes(StandardCharsets.UTF_8), Precision.MILLISECONDS);

    assertThat(bad).isEmpty();
    assertThat(figures).hasSize(2);
    Figure figure = figures.get(0);
    assertThat(figure.name())
        .isEqualTo(field.equals("value") ? measurement : measurement + "_" + field);
    assertThat(figure.labels()).isEqualTo(tags);
    assertThat(figure.value()).isEqualTo(value);
    assertThat(figure.at().toEpochMilli()).isEqualTo(1_767_268_800_123L);
    assertThat(figures.get(1).name()).isEqualTo("after");
  }

  @Property(tries = 1000)
  void anyBytesAreReadToTheirEnd(@ForAll @Size(max = 300) byte[] bytes) {
    int lines = read(bytes, Precision.NANOSECONDS);

    assertThat(bad.size()).isLessThanOrEqualTo(lines);
    assertThat(bad).isSorted();
  }

  @Property(tries = 1000)
  void anyMixOfItsOwnCharactersIsReadToItsEnd(@ForAll("syntax") String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    int lines = read(bytes, Precision.NANOSECONDS);

    assertThat(bad.size()).isLessThanOrEqualTo(lines);
    assertThat(figures).allSatisfy(figure -> assertThat(figure.value()).isFinite());
  }

  @Property(tries = 300)
  void aBadLineCostsNoOther(@ForAll("brokenLines") String broken) {
    String body = "first value=1\n" + broken + "\nlast value=2\n";

    read(body.getBytes(StandardCharsets.UTF_8), Precision.NANOSECONDS);

    assertThat(figures).extracting(Figure::name).containsExactly("first", "last");
    assertThat(bad).containsExactly(2);
  }

  private int read(byte[] body, Precision precision) {
    figures.clear();
    bad.clear();
    return new LineProtocol(precision, new TextCache(), figures::add, (line, what) -> bad.add(line))
        .read(body, body.length);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withChars("abcXYZ019 ,=_.-:/äß€")
        .ofMinLength(1)
        .ofMaxLength(20)
        .filter(name -> !name.isBlank() && !name.startsWith(" "));
  }

  @Provide
  Arbitrary<Map<String, String>> tags() {
    return Arbitraries.maps(names(), names()).ofMaxSize(5);
  }

  @Provide
  Arbitrary<Double> values() {
    return Arbitraries.doubles().map(value -> value == 0 ? 0.0 : value);
  }

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.strings().withChars("ab \"\\\n,=").ofMaxLength(20);
  }

  @Provide
  Arbitrary<String> syntax() {
    return Arbitraries.strings().withChars("a1 ,=\"\\\n\r#itu-.e").ofMaxLength(60);
  }

  @Provide
  Arbitrary<String> brokenLines() {
    return Arbitraries.of(
        "m", "m value", "m value=", "m,a value=1", "m value=x", "m value=\"open", ",a=1 value=1");
  }

  /** As small as an encoder can be. */
  private static final class Encoder {

    static String line(
        String measurement,
        Map<String, String> tags,
        String field,
        double value,
        String text,
        long timestamp) {
      StringBuilder line = new StringBuilder(escaped(measurement, ", "));
      tags.forEach(
          (key, tag) ->
              line.append(',').append(escaped(key, ",= ")).append('=').append(escaped(tag, ",= ")));
      line.append(' ').append(escaped(field, ",= ")).append('=').append(value);
      line.append(",text=\"").append(escaped(text, "\"\\")).append('"');
      return line.append(' ').append(timestamp).toString();
    }

    private static String escaped(String text, String special) {
      StringBuilder escaped = new StringBuilder();
      for (char c : text.toCharArray()) {
        escaped.append(special.indexOf(c) >= 0 ? "\\" : "").append(c);
      }
      return escaped.toString();
    }
  }
}
