package io.tocsin.collectors.security;

import static io.tocsin.collectors.security.TrivyParser.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;

/** Reads the fields of one finding. Those not named here, such as a secret's match, are skipped. */
final class TrivyFields {

  private TrivyFields() {}

  /** Reads the object that begins at the current token, up to its end. */
  static void read(JsonParser json, TrivyFinding finding) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "Severity" -> finding.severity(text(json));
        case "Title" -> finding.title(text(json));
        case "Status" -> finding.status(text(json));
        case "PrimaryURL" -> finding.put("url", text(json));
        default -> {
          switch (finding.kind()) {
            case VULNERABILITY -> vulnerability(field, json, finding);
            case MISCONFIGURATION -> misconfiguration(field, json, finding);
            case SECRET -> secret(field, json, finding);
          }
        }
      }
    }
  }

  private static void vulnerability(String field, JsonParser json, TrivyFinding finding)
      throws IOException {
    switch (field) {
      case "VulnerabilityID" -> finding.id(text(json));
      case "PkgName" -> finding.put("package", text(json));
      case "PkgPath" -> finding.put("package-path", text(json));
      case "InstalledVersion" -> finding.put("installed-version", text(json));
      case "FixedVersion" -> finding.put("fixed-version", text(json));
      case "Description" -> finding.detail(text(json));
      case "CVSS" -> cvss(json, finding);
      default -> json.skipChildren();
    }
  }

  private static void misconfiguration(String field, JsonParser json, TrivyFinding finding)
      throws IOException {
    switch (field) {
      case "ID" -> finding.id(text(json));
      case "Message" -> finding.detail(text(json));
      case "Resolution" -> finding.put("resolution", text(json));
      case "CauseMetadata" -> cause(json, finding);
      default -> json.skipChildren();
    }
  }

  private static void secret(String field, JsonParser json, TrivyFinding finding)
      throws IOException {
    switch (field) {
      case "RuleID" -> finding.id(text(json));
      case "Category" -> finding.put("category", text(json));
      case "StartLine" -> finding.put("start-line", text(json));
      default -> json.skipChildren();
    }
  }

  private static void cause(JsonParser json, TrivyFinding finding) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "Resource" -> finding.put("resource", text(json));
        case "StartLine" -> finding.put("start-line", text(json));
        default -> json.skipChildren();
      }
    }
  }

  /**
   * The score by the newest version of CVSS that anybody used; by that, the National Vulnerability
   * Database's before others', and of others' the highest.
   */
  private static void cvss(JsonParser json, TrivyFinding finding) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    double best = -1;
    int bestRank = -1;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean isNvd = json.currentName().equals("nvd");
      if (json.nextToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        continue;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        int version = versionOf(json.currentName());
        if (!json.nextToken().isNumeric() || version == 0) {
          json.skipChildren();
          continue;
        }
        double score = json.getDoubleValue();
        int rank = 2 * version + (isNvd ? 1 : 0);
        if (score >= 0 && score <= 10 && (rank > bestRank || rank == bestRank && score > best)) {
          best = score;
          bestRank = rank;
        }
      }
    }
    if (bestRank >= 0) {
      finding.put("cvss-score", String.format(Locale.ROOT, "%.1f", best));
      finding.put("cvss-version", Integer.toString(bestRank / 2));
    }
  }

  private static int versionOf(String field) {
    return switch (field) {
      case "V40Score" -> 4;
      case "V3Score" -> 3;
      case "V2Score" -> 2;
      default -> 0;
    };
  }
}
