package io.tocsin.collectors.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TrivyParserProperties {

  private static final String WHOLE = whole();
  private static final List<String> ALL = ids(WHOLE);

  @Property
  void whatWasReadBeforeACutCountsAndTheCutIsNamed(
      @ForAll @IntRange(min = 0, max = 10_000) int anywhere) throws IOException {
    int cut = anywhere % (WHOLE.strip().length() - 1);

    TrivyReport report = parse(WHOLE.substring(0, cut));

    assertThat(report.isCutShort()).as("%s", report.problems()).isTrue();
    assertThat(report.problems()).isNotEmpty();
    assertThat(ALL).containsAll(report.findings().stream().map(TrivyFinding::id).toList());
  }

  @Property
  void aCharacterThatIsAnotherOneEndsInAReportOrAProblem(
      @ForAll @IntRange(min = 0, max = 10_000) int anywhere,
      @ForAll @IntRange(min = 0, max = 0xFFFF) int other)
      throws IOException {
    StringBuilder text = new StringBuilder(WHOLE);
    text.setCharAt(anywhere % WHOLE.length(), (char) other);

    TrivyReport report = parse(text.toString());

    assertThat(report.artifact().isEmpty() && report.problems().isEmpty()).isFalse();
    report.problems().forEach(problem -> assertThat(problem.what()).isNotBlank());
  }

  private static List<String> ids(String text) {
    try {
      return parse(text).findings().stream().map(TrivyFinding::id).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static TrivyReport parse(String text) throws IOException {
    return new TrivyParser("r.json", new Severities(Map.of()), 100).parse(new StringReader(text));
  }

  private static String whole() {
    try {
      return Files.readString(
          Path.of(TrivyParserProperties.class.getResource("trivy-image/trivy.json").toURI()));
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
