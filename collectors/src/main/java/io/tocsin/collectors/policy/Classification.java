package io.tocsin.collectors.policy;

import io.tocsin.collectors.policy.ClassificationConfig.Action;
import io.tocsin.schemas.secret.SecretRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a value leave as it is, hashed or not at all, by the class of its name, and masks what
 * usually is secret within values and texts. What identifies a resource is no label and is never
 * touched. Thread-safe.
 */
final class Classification {

  /** Names whose class is remembered: they come from outside, and may be endless. */
  private static final int REMEMBERED = 4_096;

  /** What in a name says that its value is secret. */
  private static final List<String> USUAL =
      List.of(
          "*password*",
          "*passwd*",
          "*passphrase*",
          "pwd",
          "*secret*",
          "*token*",
          "*authorization*",
          "*cookie*",
          "*api?key*",
          "*apikey*",
          "*private?key*",
          "*privatekey*",
          "*access?key*",
          "*accesskey*",
          "*credential*",
          "*session?id*",
          "*sessionid*");

  /** What becomes of the values of a name. */
  private record Decision(Action action, String of, boolean isExempt) {}

  private final ClassificationConfig config;
  private final Globs publicNames;
  private final Globs internalNames;
  private final Globs secretNames;
  private final ValueHash hash;
  private final Map<String, Decision> decisions = new ConcurrentHashMap<>();

  /**
   * A classification.
   *
   * @throws IllegalArgumentException if values are to be hashed, and there is no key that can be
   *     read
   */
  Classification(ClassificationConfig config) {
    this.config = config;
    this.publicNames = globs(config.publicNames());
    this.internalNames = globs(config.internalNames());
    List<String> secret = new ArrayList<>(config.secretNames());
    secret.addAll(config.usual() ? USUAL : List.of());
    this.secretNames = globs(secret);
    this.hash = config.hashes() ? new ValueHash(key(config.key())) : null;
  }

  private static Globs globs(List<String> names) {
    return new Globs(names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
  }

  private static String key(SecretRef place) {
    if (place == null) {
      throw new IllegalArgumentException(
          "agent.classification: values are to be hashed, and there is no key for it: write key, or"
              + " give the agent one, agent.seal");
    }
    try {
      return place.read();
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "agent.classification.key: " + place + " cannot be read: " + unreadable, unreadable);
    }
  }

  /** The labels that may leave; the same object where nothing had to be changed. */
  Map<String, String> apply(Map<String, String> labels, Tally tally) {
    Map<String, String> changed = null;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      String before = label.getValue();
      String after = value(label.getKey(), before, tally);
      if (after != before) {
        changed = changed == null ? new TreeMap<>(labels) : changed;
        if (after == null) {
          changed.remove(label.getKey());
        } else {
          changed.put(label.getKey(), after);
        }
      }
    }
    return changed == null ? labels : changed;
  }

  /** What may be sent of a value; null for nothing. */
  private String value(String name, String value, Tally tally) {
    Decision decision = decision(name);
    switch (decision.action()) {
      case DROP -> {
        tally.classified(decision.of() + "-dropped", name);
        return null;
      }
      case HASH -> {
        tally.classified(decision.of() + "-hashed", name);
        return hash.of(value);
      }
      case KEEP -> {
        return decision.isExempt() ? value : text(name, value, tally);
      }
    }
    throw new IllegalStateException("no such action: " + decision.action());
  }

  /** A text with what usually is secret in it masked; the same object where nothing is. */
  String text(String name, String text, Tally tally) {
    if (text == null || !config.usual()) {
      return text;
    }
    String masked = SecretText.masked(text);
    if (masked != text) {
      tally.classified("secret-masked", name);
    }
    return masked;
  }

  private Decision decision(String name) {
    Decision known = decisions.get(name);
    if (known != null) {
      return known;
    }
    Decision made = decide(name.toLowerCase(Locale.ROOT));
    if (decisions.size() < REMEMBERED) {
      decisions.put(name, made);
    }
    return made;
  }

  private Decision decide(String name) {
    if (publicNames.match(name)) {
      return new Decision(Action.KEEP, "public", true);
    }
    if (secretNames.match(name)) {
      return new Decision(config.secretAction(), "secret", false);
    }
    return internalNames.match(name)
        ? new Decision(config.internalAction(), "internal", false)
        : new Decision(Action.KEEP, "public", false);
  }
}
