package io.tocsin.alerting.signal;

/** What a figure is, as conditions see it. */
public enum FieldType {
  /** A number; whole ones too, so that all numbers compare and reckon with each other. */
  NUMBER,
  /** True or false. */
  BOOL,
  /** Text, never interpreted. */
  TEXT,
  /** Texts by name. */
  LABELS;

  /** As people read it. */
  public String word() {
    return switch (this) {
      case NUMBER -> "double";
      case BOOL -> "bool";
      case TEXT -> "string";
      case LABELS -> "map(string, string)";
    };
  }
}
