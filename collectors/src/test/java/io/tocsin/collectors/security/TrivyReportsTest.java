package io.tocsin.collectors.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.collectors.ResourceIds;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.SecurityEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class TrivyReportsTest {

  private final ManualTime time = new ManualTime(Examples.NOON);
  @TempDir private Path folder;
  @TempDir private Path elsewhere;

  @Test
  void aReportIsReadOnce() throws Exception {
    write("a.json", report("shop:1", "CVE-1"));
    TrivyReports collector = collector();

    assertThat(ids(collector.collect())).containsExactly("CVE-1");
    assertThat(ids(collector.collect())).isEmpty();
    assertThat(collector.resources())
        .extracting(Resource::getId)
        .containsExactly(ResourceIds.of(ResourceKind.UNSPECIFIED, "shop:1"));
  }

  @Test
  void aFindingThatIsInALaterReportTooCountsOnce() throws Exception {
    TrivyReports collector = collector();
    write("monday.json", report("shop:1", "CVE-1"));
    SecurityEvent.Builder first = collector.collect().events().get(0);
    write("tuesday.json", report("shop:1", "CVE-1", "CVE-2"));

    assertThat(ids(collector.collect())).containsExactly("CVE-2");
    assertThat(first.getId()).isEqualTo(collector().collect().events().get(0).getId());
  }

  @Test
  void aReportThatChangesIsReadAgain() throws Exception {
    TrivyReports collector = collector();
    write("a.json", report("shop:1", "CVE-1"));
    collector.collect();
    write("a.json", report("shop:1", "CVE-1", "CVE-22"));

    assertThat(ids(collector.collect())).containsExactly("CVE-22");
  }

  @Test
  void aFileThatIsBeingWrittenIsLeftAloneUntilItRests() throws Exception {
    TrivyReports collector = collector();
    Path file = folder.resolve("a.json");
    Files.writeString(file, report("shop:1", "CVE-1").substring(0, 60));
    touch(file, Duration.ZERO);
    assertThat(collector.collect().problems()).isEmpty();
    Files.writeString(file, report("shop:1", "CVE-1"));
    touch(file, Duration.ofMillis(1));
    assertThat(ids(collector.collect())).isEmpty();

    assertThat(ids(collector.collect())).containsExactly("CVE-1");
  }

  @Test
  void aWriterThatPausesCostsNothing() throws Exception {
    TrivyReports collector = collector();
    String whole = report("shop:1", "CVE-1", "CVE-2");
    write("a.json", whole.substring(0, whole.indexOf("CVE-2")));

    assertThat(collector.collect().problems()).isEmpty();
    write("a.json", whole);
    Reading whenDone = collector.collect();

    assertThat(ids(whenDone)).containsExactly("CVE-2");
    assertThat(whenDone.problems()).isEmpty();
  }

  @Test
  void aReportThatStaysCutShortIsNamedOnceAndItsBeginningCounts() throws Exception {
    TrivyReports collector = collector();
    String whole = report("shop:1", "CVE-1", "CVE-2");
    write("a.json", whole.substring(0, whole.indexOf("CVE-2")));

    assertThat(ids(collector.collect())).containsExactly("CVE-1");
    assertThat(collector.collect().problems()).isEmpty();
    assertThat(reasons(collector.collect())).containsExactly(Reason.TRUNCATED);
    assertThat(reasons(collector.collect())).isEmpty();
  }

  @Test
  void eachScanTellsWhatIsThereWhetherItWasThereBeforeOrNot() throws Exception {
    TrivyReports collector = collector();
    write("a.json", report("shop:1", "CVE-1", "CVE-2"));
    collector.collect();
    write("b.json", report("shop:1", "CVE-2"));

    Reading second = collector.collect();

    assertThat(second.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getAction()).isEqualTo("scan");
              assertThat(event.getImage()).isEqualTo("shop:1");
              assertThat(event.getScan().getIsComplete()).isTrue();
            });
  }

  @Test
  void aReportReadAgainIsTheSameScan() throws Exception {
    write("a.json", report("shop:1", "CVE-1"));

    assertThat(scanId(collector().collect())).isEqualTo(scanId(collector().collect()));
  }

  private static String scanId(Reading reading) {
    return reading.events().stream()
        .filter(event -> event.getAction().equals("scan"))
        .map(event -> event.getId())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void garbageIsNamedAndTheOthersAreRead() throws Exception {
    write("a.json", "\u0000\u0001 no JSON");
    write("b.json", "[]");
    write("c.json", "{\"SchemaVersion\": 2}");
    write("d.json", report("shop:1", "CVE-1"));
    write("e.txt", "not looked at");

    Reading reading = collector().collect();

    assertThat(ids(reading)).containsExactly("CVE-1");
    assertThat(reasons(reading)).containsOnly(Reason.MALFORMED);
    assertThat(reading.problems()).hasSize(3);
  }

  @Test
  void linksLeadNowhereButIntoTheFolder() throws Exception {
    Path outside = elsewhere.resolve("secret.json");
    Files.writeString(outside, report("outside:1", "CVE-9"));
    Files.createSymbolicLink(folder.resolve("out.json"), outside);
    Files.createSymbolicLink(folder.resolve("up.json"), Path.of("../none.json"));
    Files.createSymbolicLink(folder.resolve("loop.json"), Path.of("loop.json"));
    Files.createDirectory(folder.resolve("folder.json"));
    write("..data", report("shop:1", "CVE-1"));
    Files.createSymbolicLink(folder.resolve("in.json"), Path.of("..data"));

    Reading reading = collector().collect();

    assertThat(ids(reading)).containsExactly("CVE-1");
    assertThat(reading.problems())
        .extracting(problem -> problem.where().replace(folder.toString(), ""))
        .contains("/out.json", "/loop.json", "/folder.json");
    assertThat(reasons(reading)).contains(Reason.REFUSED);
  }

  @Test
  void namesOfFilesAreShownWithoutControlCharacters() throws Exception {
    write("\u001b[2Jboo\n.json", "{}");

    Problem problem = collector().collect().problems().get(0);

    assertThat(problem.where().chars()).noneMatch(Character::isISOControl);
  }

  @Test
  void aReportOverTheLimitIsNotOpened() throws Exception {
    Path file = folder.resolve("a.json");
    try (Writer text = Files.newBufferedWriter(file)) {
      text.write(" ".repeat(1024 * 1024 + 1));
    }
    touch(file, Duration.ofMinutes(-1));
    TrivyReports collector = new TrivyReports(new TrivyConfig(folder, null, 1, null), none(), time);

    assertThat(reasons(collector.collect())).containsExactly(Reason.OVER_LIMIT);
    assertThat(reasons(collector.collect())).isEmpty();
  }

  @Test
  void aReportOf50MegabytesGoesOutInPortionsOfItsWorst() throws Exception {
    Path file = folder.resolve("huge.json");
    writeHuge(file, 50_000_000);
    touch(file, Duration.ofMinutes(-1));
    TrivyReports collector = collector();

    Reading first = collector.collect();
    Reading second = collector.collect();
    Reading third = collector.collect();

    assertThat(List.of(first.events().size(), second.events().size(), third.events().size()))
        .containsExactly(2_000, 2_000, 1_001);
    assertThat(first.events()).allMatch(event -> event.getSeverity().name().equals("CRITICAL"));
    assertThat(third.events().get(1_000).getScan())
        .satisfies(scan -> assertThat(scan.getSevere()).hasSize(2_000))
        .satisfies(scan -> assertThat(scan.getIsComplete()).isFalse());
    assertThat(reasons(first)).containsExactly(Reason.OVER_LIMIT);
    assertThat(collector.collect().events()).isEmpty();
  }

  @Test
  void withoutTheFolderItSaysWhatToDo() throws Exception {
    TrivyReports collector =
        new TrivyReports(new TrivyConfig(folder.resolve("none"), null, null, null), none(), time);

    assertThatThrownBy(collector::collect)
        .isInstanceOf(CollectorException.class)
        .hasMessageContaining("no such folder");
  }

  private TrivyReports collector() {
    return new TrivyReports(new TrivyConfig(folder, null, null, null), none(), time);
  }

  private static Severities none() {
    return new Severities(Map.of());
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    touch(file, Duration.ofMinutes(-1).plusMillis(text.length()));
  }

  private void touch(Path file, Duration ago) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(time.instant().plus(ago)));
  }

  private static List<String> ids(Reading reading) {
    return reading.events().stream()
        .filter(event -> !event.getAction().equals("scan"))
        .map(event -> event.getAttributes().get("id"))
        .toList();
  }

  private static List<Reason> reasons(Reading reading) {
    return reading.problems().stream().map(Problem::reason).toList();
  }

  private static String report(String artifact, String... findings) {
    StringBuilder text = new StringBuilder();
    for (String finding : findings) {
      text.append(text.isEmpty() ? "" : ",").append(vulnerability(finding, "HIGH", ""));
    }
    return ("{\"SchemaVersion\":2,\"ArtifactName\":\"%s\",\"ArtifactType\":\"container_image\","
            + "\"Results\":[{\"Target\":\"t\",\"Vulnerabilities\":[%s]}]}")
        .formatted(artifact, text);
  }

  private static String vulnerability(String id, String severity, String description) {
    return ("{\"VulnerabilityID\":\"%s\",\"PkgName\":\"p\",\"InstalledVersion\":\"1\","
            + "\"Severity\":\"%s\",\"Description\":\"%s\"}")
        .formatted(id, severity, description);
  }

  private static void writeHuge(Path file, long size) throws IOException {
    String description = "long words ".repeat(80);
    try (BufferedWriter text = Files.newBufferedWriter(file)) {
      text.write("{\"SchemaVersion\":2,\"ArtifactName\":\"huge\",\"Results\":[{\"Target\":\"t\",");
      text.write("\"Vulnerabilities\":[");
      long written = 0;
      for (int i = 0; written < size; i++) {
        String each = vulnerability("CVE-" + i, i % 10 == 0 ? "CRITICAL" : "LOW", description);
        text.write(i == 0 ? each : "," + each);
        written += each.length();
      }
      text.write("]}]}");
    }
  }
}
