package io.tocsin.collectors.security;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.ResourceIds;
import io.tocsin.schemas.FindingCounts;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Scan;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecuritySource;
import io.tocsin.schemas.SevereFinding;
import io.tocsin.schemas.Severity;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was read of one report.
 *
 * @param artifact what was scanned, such as an image's name
 * @param artifactType what that is in Trivy's words, such as {@code container_image}
 * @param createdAt when it was scanned; null where the report does not say
 * @param findings the worst of them first, as many as may be kept
 * @param isCutShort whether the file ended in the middle: it may still be being written
 * @param problems what is wrong with the report
 */
record TrivyReport(
    String artifact,
    String artifactType,
    Instant createdAt,
    List<TrivyFinding> findings,
    boolean isCutShort,
    List<Problem> problems) {

  private static final String IMAGE = "container_image";

  /** Most CRITICAL and HIGH findings that the event of the scan lists. */
  private static final int SEVERE = 2_000;

  /** The security events; those of the same finding have the same id in every report. */
  List<SecurityEvent.Builder> events(Instant readAt) {
    return findings.stream().map(finding -> event(finding, readAt)).toList();
  }

  /**
   * The event that tells of the scan as a whole. A finding that was there before has no event of
   * its own again, so this alone says what is gone.
   *
   * @param readAt when it was scanned where the report does not say
   */
  SecurityEvent.Builder scan(Instant readAt) {
    List<SevereFinding> severe =
        findings.stream()
            .filter(finding -> isSevere(finding.severity()))
            .map(finding -> new SevereFinding(id(finding), finding.id(), finding.severity()))
            .distinct()
            .toList();
    boolean isComplete = !isCutShort && problems.isEmpty() && severe.size() <= SEVERE;
    FindingCounts totals = counts();
    String[] parts =
        Stream.concat(
                Stream.of(artifact, "SCAN", createdAt == null ? "" : createdAt.toString()),
                findings.stream().map(this::id))
            .toArray(String[]::new);
    return about(readAt)
        .setId(EventIds.of("trivy", parts))
        .setAction("scan")
        .setSeverity(Severity.INFO)
        .setTitle(
            PlainText.of(
                "%s was scanned: %d critical, %d high of %d findings"
                    .formatted(artifact, totals.getCritical(), totals.getHigh(), findings.size()),
                PlainText.TITLE))
        .setAttributes(artifactAttributes(new HashMap<>()))
        .setScan(new Scan(totals, severe.stream().limit(SEVERE).toList(), isComplete));
  }

  private FindingCounts counts() {
    FindingCounts totals = new FindingCounts(0, 0, 0, 0, 0);
    for (TrivyFinding finding : findings) {
      switch (finding.severity()) {
        case CRITICAL -> totals.setCritical(totals.getCritical() + 1);
        case HIGH -> totals.setHigh(totals.getHigh() + 1);
        case MEDIUM -> totals.setMedium(totals.getMedium() + 1);
        case LOW -> totals.setLow(totals.getLow() + 1);
        case INFO, UNSPECIFIED -> totals.setOther(totals.getOther() + 1);
      }
    }
    return totals;
  }

  private static boolean isSevere(Severity severity) {
    return severity == Severity.CRITICAL || severity == Severity.HIGH;
  }

  private SecurityEvent.Builder event(TrivyFinding finding, Instant readAt) {
    Map<String, String> attributes = finding.attributes();
    attributes.put("id", finding.id());
    put("target", finding.section().target(), attributes);
    put("type", finding.section().type(), attributes);
    return about(readAt)
        .setId(id(finding))
        .setAction(finding.kind().name().toLowerCase(Locale.ROOT))
        .setSeverity(finding.severity())
        .setTitle(title(finding))
        .setDetail(finding.detail())
        .setAttributes(artifactAttributes(attributes));
  }

  private SecurityEvent.Builder about(Instant readAt) {
    boolean isImage = artifactType.equals(IMAGE) || artifactType.isEmpty();
    return SecurityEvent.newBuilder()
        .setAt(createdAt == null ? readAt : createdAt)
        .setSource(SecuritySource.TRIVY)
        .setResourceId(ResourceIds.of(ResourceKind.UNSPECIFIED, artifact))
        .setKind(ResourceKind.UNSPECIFIED)
        .setImage(isImage ? artifact : null);
  }

  private Map<String, String> artifactAttributes(Map<String, String> attributes) {
    put("artifact", artifact, attributes);
    put("artifact-type", artifactType, attributes);
    return attributes;
  }

  private String id(TrivyFinding finding) {
    return EventIds.of(
        "trivy",
        artifact,
        finding.kind().name(),
        finding.section().target(),
        finding.id(),
        finding.attribute("package"),
        finding.attribute("installed-version"),
        finding.attribute("package-path"),
        finding.attribute("resource"),
        finding.attribute("start-line"));
  }

  private String title(TrivyFinding finding) {
    String where =
        switch (finding.kind()) {
          case VULNERABILITY ->
              finding.attribute("package") + " " + finding.attribute("installed-version");
          case MISCONFIGURATION, SECRET -> finding.section().target();
        };
    String title = finding.id() + " in " + where.strip();
    if (!finding.title().isEmpty()) {
      title += ": " + finding.title();
    }
    return PlainText.of(title, PlainText.TITLE);
  }

  private static void put(String key, String value, Map<String, String> attributes) {
    if (!value.isEmpty()) {
      attributes.put(key, value);
    }
  }
}
