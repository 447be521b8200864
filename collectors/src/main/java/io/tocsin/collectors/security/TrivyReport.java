package io.tocsin.collectors.security;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.ResourceIds;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecuritySource;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

  /** The security events; those of the same finding have the same id in every report. */
  List<SecurityEvent.Builder> events(Instant readAt) {
    return findings.stream().map(finding -> event(finding, readAt)).toList();
  }

  private SecurityEvent.Builder event(TrivyFinding finding, Instant readAt) {
    Map<String, String> attributes = finding.attributes();
    attributes.put("id", finding.id());
    put("artifact", artifact, attributes);
    put("artifact-type", artifactType, attributes);
    put("target", finding.section().target(), attributes);
    put("type", finding.section().type(), attributes);
    boolean isImage = artifactType.equals(IMAGE) || artifactType.isEmpty();
    return SecurityEvent.newBuilder()
        .setId(id(finding))
        .setAt(createdAt == null ? readAt : createdAt)
        .setSource(SecuritySource.TRIVY)
        .setAction(finding.kind().name().toLowerCase(Locale.ROOT))
        .setSeverity(finding.severity())
        .setResourceId(ResourceIds.of(ResourceKind.UNSPECIFIED, artifact))
        .setKind(ResourceKind.UNSPECIFIED)
        .setImage(isImage ? artifact : null)
        .setTitle(title(finding))
        .setDetail(finding.detail())
        .setAttributes(attributes);
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
