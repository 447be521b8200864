package io.tocsin.collectors.security;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.schemas.Severity;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a report of Trivy, schema version 2, token by token: its memory does not grow with the
 * report. Parts may come in any order, unknown ones are skipped, and what was read before a defect
 * counts. The form is that of Trivy's type {@code types.Report} as {@code --format json} writes it.
 */
final class TrivyParser {

  private static final int VERSION = 2;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(1024 * 1024)
                  .maxNestingDepth(100)
                  .maxNameLength(1024)
                  .build())
          // Names in a hostile report would pile up in a table that all share.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private final String where;
  private final Severities severities;
  private final Worst worst;
  private final int limit;
  private final List<Problem> problems = new ArrayList<>();
  private String artifact = "";
  private String artifactType = "";
  private Instant createdAt;
  private int version;
  private boolean isCutShort;

  /**
   * A parser of one report.
   *
   * @param where name of the file, for problems
   * @param limit how many findings are kept
   */
  TrivyParser(String where, Severities severities, int limit) {
    this.where = where;
    this.severities = severities;
    this.worst = new Worst(limit);
    this.limit = limit;
  }

  /**
   * Reads the report.
   *
   * @throws IOException if the text cannot be read; a defect in it is a problem of the report
   */
  TrivyReport parse(Reader text) throws IOException {
    EndNoting source = new EndNoting(text);
    try (JsonParser json = JSON.createParser(source)) {
      readReport(json);
    } catch (StreamConstraintsException tooLarge) {
      problem(Reason.OVER_LIMIT, "the report has a text over 1 MiB or more than 100 levels");
    } catch (JsonProcessingException broken) {
      isCutShort = source.isAtEnd;
      problem(
          isCutShort ? Reason.TRUNCATED : Reason.MALFORMED,
          isCutShort
              ? "the report ends in the middle"
              : "the report is no JSON from line %d on"
                  .formatted(broken.getLocation().getLineNr()));
    }
    if (worst.isOverLimit()) {
      problem(
          Reason.OVER_LIMIT,
          "there are more than %d findings; the worst are kept: raise findings-limit, or let Trivy"
                  .formatted(limit)
              + " leave out what does not matter");
    }
    if (artifact.isEmpty()) {
      // Without knowing what they are about, findings are of no use.
      if (problems.isEmpty()) {
        problem(Reason.MALFORMED, "this is no report of Trivy: it has no ArtifactName");
      }
      return report(List.of());
    }
    return report(worst.worstFirst());
  }

  private TrivyReport report(List<TrivyFinding> findings) {
    return new TrivyReport(artifact, artifactType, createdAt, findings, isCutShort, problems);
  }

  private void problem(Reason reason, String what) {
    problems.add(new Problem(reason, where, what));
  }

  private void readReport(JsonParser json) throws IOException {
    JsonToken first = json.nextToken();
    if (first == null) {
      isCutShort = true;
      problem(Reason.TRUNCATED, "the report is empty");
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      problem(Reason.MALFORMED, "this is no report of Trivy: it is no JSON object");
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "SchemaVersion" -> readVersion(json);
        case "CreatedAt" -> createdAt = instant(text(json));
        case "ArtifactName" -> artifact = PlainText.of(text(json), PlainText.VALUE);
        case "ArtifactType" -> artifactType = PlainText.of(text(json), PlainText.TITLE);
        case "Results" -> eachObject(json, this::readSection);
        default -> json.skipChildren();
      }
    }
  }

  private void readVersion(JsonParser json) throws IOException {
    version = json.currentToken() == JsonToken.VALUE_NUMBER_INT ? json.getValueAsInt() : 0;
    if (version != VERSION) {
      problem(
          Reason.MALFORMED,
          "the report's SchemaVersion is not 2, so parts of it may be read wrongly");
    }
    json.skipChildren();
  }

  private void readSection(JsonParser json) throws IOException {
    TrivyFinding.Section section = new TrivyFinding.Section();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "Target" -> section.target(text(json));
        case "Type" -> section.type(text(json));
        case "Vulnerabilities" ->
            eachObject(json, each -> readFinding(each, TrivyFinding.Kind.VULNERABILITY, section));
        case "Misconfigurations" ->
            eachObject(
                json, each -> readFinding(each, TrivyFinding.Kind.MISCONFIGURATION, section));
        case "Secrets" ->
            eachObject(json, each -> readFinding(each, TrivyFinding.Kind.SECRET, section));
        default -> json.skipChildren();
      }
    }
  }

  private void readFinding(JsonParser json, TrivyFinding.Kind kind, TrivyFinding.Section section)
      throws IOException {
    TrivyFinding finding = new TrivyFinding(kind, section);
    TrivyFields.read(json, finding);
    if (finding.isFinding()) {
      Severity severity = severities.of(finding.id(), finding.severity());
      finding.severity(severity);
      worst.add(finding);
    }
  }

  /** The parser asks for more only when it has used up what it had: at the end it is cut short. */
  private static final class EndNoting extends FilterReader {

    private boolean isAtEnd;

    EndNoting(Reader in) {
      super(in);
    }

    @Override
    public int read(char[] to, int offset, int length) throws IOException {
      int count = super.read(to, offset, length);
      isAtEnd = count < 0;
      return count;
    }
  }

  /** Reads one object, whose first token is the current one, up to its last. */
  @FunctionalInterface
  private interface ObjectReader {
    void read(JsonParser json) throws IOException;
  }

  private static void eachObject(JsonParser json, ObjectReader reader) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY && token != null;
        token = json.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        reader.read(json);
      } else {
        json.skipChildren();
      }
    }
  }

  /** The current value where it is a text or a number, otherwise "". */
  static String text(JsonParser json) throws IOException {
    if (json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
      return json.getText();
    }
    json.skipChildren();
    return "";
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException unknown) {
      return null;
    }
  }
}
