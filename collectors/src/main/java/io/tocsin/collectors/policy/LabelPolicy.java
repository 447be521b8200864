package io.tocsin.collectors.policy;

import io.tocsin.collectors.policy.Tally.What;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps labels few, short and printable. What is left does not depend on the order in which they
 * come: names are taken in alphabetical order. Each change is counted under its reason.
 */
final class LabelPolicy {

  /** Names that only Tocsin itself gives. */
  private static final String RESERVED = "__";

  private final PolicyConfig config;
  private final Globs keep;
  private final Globs drop;

  LabelPolicy(PolicyConfig config) {
    this.config = config;
    this.keep = new Globs(config.keepLabels());
    this.drop = new Globs(config.dropLabels());
  }

  /** The labels to go by; the same object if there is nothing wrong with them. */
  Map<String, String> apply(Map<String, String> labels, Tally tally) {
    return fine(labels) ? labels : changed(labels, tally);
  }

  private boolean fine(Map<String, String> labels) {
    if (labels.size() > config.maxLabels()) {
      return false;
    }
    int size = 0;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      String name = label.getKey();
      String value = label.getValue();
      if (name.isBlank()
          || name.startsWith(RESERVED)
          || !wanted(name)
          || name.length() > config.maxLabelName()
          || CleanText.clean(name) != name
          || CleanText.clean(value) != value) {
        return false;
      }
      int valueBytes = CleanText.bytes(value);
      size += CleanText.bytes(name) + valueBytes;
      if (valueBytes > config.maxLabelValue() || size > config.maxLabelBytes()) {
        return false;
      }
    }
    return true;
  }

  private boolean wanted(String name) {
    return (keep.isEmpty() || keep.match(name)) && !drop.match(name);
  }

  private Map<String, String> changed(Map<String, String> labels, Tally tally) {
    Map<String, String> kept = new TreeMap<>();
    int room = config.maxLabelBytes();
    for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
      String name = name(label.getKey(), tally);
      String refusal = refusal(name, kept);
      String value = refusal == null ? value(label.getValue(), tally) : "";
      int size = CleanText.bytes(name) + CleanText.bytes(value);
      if (refusal == null && size > room) {
        refusal = "size";
      }
      if (refusal == null) {
        kept.put(name, value);
        room -= size;
      } else {
        tally.count(What.LABELS, refusal);
      }
    }
    return kept;
  }

  private String refusal(String name, Map<String, String> kept) {
    if (name.isBlank()) {
      return "empty";
    }
    if (name.startsWith(RESERVED)) {
      return "reserved";
    }
    if (!wanted(name)) {
      return "unwanted";
    }
    if (kept.containsKey(name)) {
      return "collision";
    }
    return kept.size() >= config.maxLabels() ? "count" : null;
  }

  private String name(String wanted, Tally tally) {
    String clean = cleaned(wanted, tally);
    String shortened = CleanText.first(clean, config.maxLabelName());
    if (shortened.length() < clean.length()) {
      tally.count(What.LABELS, "name-length");
    }
    return shortened;
  }

  private String value(String wanted, Tally tally) {
    String clean = cleaned(wanted, tally);
    String shortened = CleanText.firstBytes(clean, config.maxLabelValue());
    if (shortened.length() < clean.length()) {
      tally.count(What.LABELS, "value-length");
    }
    return shortened;
  }

  private static String cleaned(String text, Tally tally) {
    String clean = CleanText.clean(text);
    if (clean != text) {
      tally.count(What.LABELS, "characters");
    }
    return clean;
  }
}
