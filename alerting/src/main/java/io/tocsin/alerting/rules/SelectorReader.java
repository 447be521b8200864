package io.tocsin.alerting.rules;

import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.alerting.signal.ThroughputSignal;
import io.tocsin.alerting.yaml.YamlObject;
import io.tocsin.alerting.yaml.YamlText;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a rule selects: its {@code select}, {@code window} and {@code final}. */
final class SelectorReader {

  /** Signals that come once per size of window. */
  static final Set<SignalKind> WINDOWED =
      Set.of(SignalKind.EFFICIENCY, SignalKind.LATENCY, SignalKind.THROUGHPUT);

  private static final List<String> KEYS =
      List.of("resource", "kind", "service", "tier", "series", "labels");
  private static final List<String> WINDOWS = List.of("10s", "1m", "5m");
  private static final int LONGEST_GLOB = 500;
  private static final int MOST_GLOBS = 100;

  private final YamlObject rule;
  private final SignalKind signal;

  SelectorReader(YamlObject rule, SignalKind signal) {
    this.rule = rule;
    this.signal = signal;
  }

  /**
   * Reads it.
   *
   * @param onlyFinal whether the rule needs the last word of each window, whatever it says itself
   */
  Selector read(boolean onlyFinal) {
    Optional<YamlObject> select = rule.object("select");
    select.ifPresent(object -> object.allow(KEYS));
    List<String> series = globs(select, "series");
    Map<String, String> labels = new HashMap<>(labels(select));
    boolean isFinal = rule.text("final").flatMap(YamlText::bool).orElse(false) || onlyFinal;
    if (WINDOWED.contains(signal)) {
      series = series(window(), series);
      if (isFinal) {
        labels.put("final", "true");
      }
    } else {
      for (String key : List.of("window", "final")) {
        if (rule.has(key)) {
          rule.problem(key, "is only for efficiency, latency and throughput, which have windows");
        }
      }
    }
    return new Selector(
        globs(select, "resource"),
        texts(select, "kind").stream()
            .flatMap(text -> text.word(ResourceKind.class).stream())
            .toList(),
        globs(select, "service"),
        select
            .flatMap(object -> object.text("tier"))
            .flatMap(text -> text.word(Tier.class))
            .orElse(null),
        series,
        labels);
  }

  private String window() {
    Optional<YamlText> written = rule.text("window");
    String window = written.map(YamlText::value).orElse(WINDOWS.get(0));
    if (!WINDOWS.contains(window)) {
      written.get().problem("is not one of " + String.join(", ", WINDOWS));
    }
    return window;
  }

  /**
   * Latency has a series per source, throughput one of requests and one per link and disk beside
   * the whole.
   */
  private List<String> series(String window, List<String> within) {
    if (within.isEmpty()) {
      return switch (signal) {
        case LATENCY -> List.of(window + "/*");
        case THROUGHPUT -> List.of(window, window + ThroughputSignal.REQUESTS);
        default -> List.of(window);
      };
    }
    if (signal == SignalKind.EFFICIENCY) {
      rule.problem("select", "series is not for efficiency; say which window instead");
    }
    return within.stream().map(glob -> window + "/" + glob).toList();
  }

  private List<String> globs(Optional<YamlObject> select, String key) {
    return texts(select, key).stream().filter(SelectorReader::isGlob).map(YamlText::value).toList();
  }

  private Map<String, String> labels(Optional<YamlObject> select) {
    Map<String, String> labels = new HashMap<>();
    Optional<YamlObject> object = select.flatMap(each -> each.object("labels"));
    object.ifPresent(
        all -> {
          for (String name : all.names()) {
            all.text(name)
                .filter(SelectorReader::isGlob)
                .ifPresent(glob -> labels.put(name, glob.value()));
          }
          if (labels.size() > MOST_GLOBS) {
            all.problem("", "has too many labels; " + MOST_GLOBS + " are allowed");
          }
        });
    return labels;
  }

  private static List<YamlText> texts(Optional<YamlObject> select, String key) {
    List<YamlText> texts = select.map(object -> object.texts(key)).orElse(List.of());
    if (texts.size() > MOST_GLOBS) {
      select.get().problem(key, "has too many patterns; " + MOST_GLOBS + " are allowed");
    }
    return texts;
  }

  private static boolean isGlob(YamlText text) {
    if (text.value().isEmpty()) {
      text.problem("is empty and would match nothing; write * for everything");
    } else if (text.value().length() > LONGEST_GLOB) {
      text.problem("is too long; " + LONGEST_GLOB + " characters are allowed");
    } else {
      return true;
    }
    return false;
  }
}
