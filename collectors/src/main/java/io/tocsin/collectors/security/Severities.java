package io.tocsin.collectors.security;

import io.tocsin.schemas.Severity;
import java.util.Locale;
import java.util.Map;

/**
 * How bad things are where the operator does not agree with the source.
 *
 * @param configured by what happened, in lower case
 */
record Severities(Map<String, Severity> configured) {

  /** What the operator says of {@code what}, or else {@code usual}. */
  Severity of(String what, Severity usual) {
    if (configured.isEmpty() || what == null) {
      return usual;
    }
    return configured.getOrDefault(what.toLowerCase(Locale.ROOT), usual);
  }
}
