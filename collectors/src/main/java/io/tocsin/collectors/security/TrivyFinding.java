package io.tocsin.collectors.security;

import io.tocsin.schemas.Severity;
import java.util.HashMap;
import java.util.Map;

/**
 * One finding of a report while it is read; fields are filled as they come. What a secret looks
 * like is not kept.
 */
final class TrivyFinding {

  /** What is scanned in one part of a report, known only when that part has been read. */
  static final class Section {
    private String target = "";
    private String type = "";

    String target() {
      return target;
    }

    String type() {
      return type;
    }

    void target(String text) {
      target = PlainText.of(text, PlainText.VALUE);
    }

    void type(String text) {
      type = PlainText.of(text, PlainText.TITLE);
    }
  }

  /** Kinds of findings. */
  enum Kind {
    VULNERABILITY,
    MISCONFIGURATION,
    SECRET
  }

  private final Kind kind;
  private final Section section;
  private final Map<String, String> attributes = new HashMap<>();
  private String id = "";
  private String title = "";
  private String detail = "";
  private Severity severity = Severity.UNSPECIFIED;
  private boolean failed = true;

  TrivyFinding(Kind kind, Section section) {
    this.kind = kind;
    this.section = section;
  }

  Kind kind() {
    return kind;
  }

  Section section() {
    return section;
  }

  /** The CVE, the check or the rule. */
  String id() {
    return id;
  }

  String title() {
    return title;
  }

  String detail() {
    return detail;
  }

  Severity severity() {
    return severity;
  }

  /** False for a check that the artifact passed. */
  boolean isFinding() {
    return failed && !id.isEmpty();
  }

  Map<String, String> attributes() {
    return attributes;
  }

  String attribute(String key) {
    return attributes.getOrDefault(key, "");
  }

  void id(String text) {
    id = PlainText.of(text, PlainText.TITLE);
  }

  void title(String text) {
    title = PlainText.of(text, PlainText.TITLE);
  }

  void detail(String text) {
    detail = PlainText.of(text, PlainText.DETAIL);
  }

  /** Trivy's word; one that it does not have leaves the severity unspecified. */
  void severity(String word) {
    severity =
        switch (word) {
          case "CRITICAL" -> Severity.CRITICAL;
          case "HIGH" -> Severity.HIGH;
          case "MEDIUM" -> Severity.MEDIUM;
          case "LOW" -> Severity.LOW;
          default -> Severity.UNSPECIFIED;
        };
  }

  /** The severity that the operator gives it. */
  void severity(Severity configured) {
    severity = configured;
  }

  void status(String word) {
    if (kind == Kind.MISCONFIGURATION) {
      failed = word.equals("FAIL");
    }
    put("status", word);
  }

  void put(String key, String text) {
    if (!text.isEmpty()) {
      attributes.put(key, PlainText.of(text, PlainText.VALUE));
    }
  }

  /** How bad, for comparing: 0 where that is not known, 5 for the worst. */
  int rank() {
    return severity == Severity.UNSPECIFIED ? 0 : severity.ordinal() + 1;
  }
}
