package io.tocsin.collectors.app.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.app.figure.Complaints;
import io.tocsin.collectors.app.figure.Figure;
import io.tocsin.collectors.app.figure.TextCache;
import io.tocsin.schemas.Bucket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What is written by the format's rules is read as it was meant, however the bytes arrive. */
class ExpositionProperties {

  private final List<Figure> figures = new ArrayList<>();
  private final Complaints complaints = new Complaints("test");

  @Property(tries = 500)
  void aSeriesIsReadBack(
      @ForAll("labels") Map<String, String> labels,
      @ForAll double value,
      @ForAll boolean openMetrics,
      @ForAll @IntRange(min = 1, max = 50) int chunk) {
    String body = "# TYPE a_b:c gauge\na_b:c" + written(labels) + " " + value + "\n# EOF\n";

    read(body.getBytes(StandardCharsets.UTF_8), openMetrics, chunk);

    assertThat(complaints.drain()).isEmpty();
    assertThat(figures).hasSize(1);
    assertThat(figures.get(0).value()).isEqualTo(value);
    Map<String, String> filled = new HashMap<>(labels);
    filled.values().removeIf(String::isEmpty);
    assertThat(figures.get(0).labels()).isEqualTo(filled);
  }

  @Property(tries = 200)
  void aHistogramIsReadBackInAnyOrderOfItsLines(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 1000) Integer> counts,
      @ForAll("orders") Random order) {
    List<String> lines = new ArrayList<>();
    long below = 0;
    TreeMap<Double, Long> expected = new TreeMap<>();
    for (int i = 0; i < counts.size(); i++) {
      below += counts.get(i);
      boolean last = i == counts.size() - 1;
      lines.add("h_bucket{a=\"1\",le=\"%s\"} %d".formatted(last ? "+Inf" : i + ".5", below));
      expected.put(last ? Double.POSITIVE_INFINITY : i + 0.5, below);
    }
    lines.add("h_sum{a=\"1\"} 7.25");
    lines.add("h_count{a=\"1\"} " + below);
    lines.add("other 1");
    Collections.shuffle(lines, order);
    String body = "# TYPE h histogram\n" + String.join("\n", lines) + "\n";

    read(body.getBytes(StandardCharsets.UTF_8), false, 1000);

    assertThat(complaints.drain()).isEmpty();
    Figure histogram = figures.get(1);
    assertThat(histogram.labels()).isEqualTo(Map.of("a", "1"));
    assertThat(histogram.distribution().getCount()).isEqualTo(below);
    assertThat(histogram.distribution().getSum()).isEqualTo(7.25);
    TreeMap<Double, Long> found = new TreeMap<>();
    for (Bucket bucket : histogram.distribution().getBuckets()) {
      found.put(bucket.getUpperBound(), bucket.getCount());
    }
    assertThat(found).isEqualTo(expected);
  }

  @Property(tries = 1000)
  void anyBytesAreReadToTheirEnd(
      @ForAll @Size(max = 300) byte[] bytes, @ForAll boolean openMetrics) {
    read(bytes, openMetrics, 13);
  }

  @Property(tries = 1000)
  void anyMixOfItsOwnCharactersIsReadToItsEnd(@ForAll("syntax") String text) {
    read(("# TYPE a histogram\n" + text).getBytes(StandardCharsets.UTF_8), true, 13);

    assertThat(figures).allSatisfy(figure -> assertThat(figure.value()).isFinite());
  }

  private void read(byte[] body, boolean openMetrics, int chunk) {
    figures.clear();
    complaints.drain();
    Exposition parser =
        new Exposition("test", openMetrics, 1000, new TextCache(), figures::add, complaints);
    Lines lines = new Lines(10_000, parser);
    for (int i = 0; i < body.length; i += chunk) {
      lines.feed(body, i, Math.min(body.length, i + chunk));
    }
    lines.finish();
    parser.finish(true);
  }

  private static String written(Map<String, String> labels) {
    StringBuilder written = new StringBuilder();
    labels.forEach(
        (name, value) ->
            written
                .append(written.isEmpty() ? "{" : ",")
                .append(name)
                .append("=\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"'));
    return written.isEmpty() ? "" : written + "}";
  }

  @Provide
  Arbitrary<Map<String, String>> labels() {
    return Arbitraries.maps(
            Arbitraries.strings().withChars("abc_").ofMinLength(1).ofMaxLength(8),
            Arbitraries.strings().withChars("ab \"\\\nn{},=ä€").ofMaxLength(15))
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<Random> orders() {
    return Arbitraries.randoms();
  }

  @Provide
  Arbitrary<String> syntax() {
    return Arbitraries.strings().withChars("a_bucketsumcon{}=\"\\, 1+InfNa.#\n\r").ofMaxLength(60);
  }
}
