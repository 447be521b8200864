package io.tocsin.alerting.rules;

import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.alerting.yaml.Spelling;
import io.tocsin.alerting.yaml.YamlObject;
import io.tocsin.alerting.yaml.YamlText;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Priority;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes a rule of its keys, or notes what is wrong with them. */
final class RuleParser {

  private static final List<String> KEYS = keys();
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.-]{0,62}");
  private static final Pattern SCHEME = Pattern.compile("(?i)([a-z][a-z0-9+.-]*):(//.*|\\S+)");
  private static final Duration LONGEST_HOLD = Duration.ofDays(31);
  private static final int VERSION_DIGITS = 12;
  private static final int LONGEST_RUNBOOK = 2_000;
  private static final int MOST_LABELS = 20;
  private static final int LONGEST_LABEL = 256;
  private static final int MOST_ACTIONS = 10;

  private final YamlObject rule;
  private boolean isWhole = true;

  private RuleParser(YamlObject rule) {
    this.rule = rule;
  }

  /** The rule; empty if something of it could not be made. Look for problems beside. */
  static Optional<Rule> parse(YamlObject rule) {
    return new RuleParser(rule).parse();
  }

  private Optional<Rule> parse() {
    rule.allow(KEYS);
    Optional<String> name = name("name", true);
    Optional<SignalKind> signal =
        rule.has("absence") && !rule.has("signal")
            ? Optional.of(SignalKind.ABSENCE)
            : rule.required("signal").flatMap(text -> text.word(SignalKind.class));
    if (signal.isEmpty()) {
      return Optional.empty();
    }
    Optional<Derivation> derivation = new DerivationReader(rule, signal.get()).read();
    boolean needsFinal = derivation.filter(Derivation.BurnRate.class::isInstance).isPresent();
    Selector select = new SelectorReader(rule, signal.get()).read(needsFinal);
    if (derivation.isEmpty()) {
      return Optional.empty();
    }
    Conditions conditions = Conditions.over(signal.get(), derivation.get().getClass());
    Condition when = when(conditions, signal.get(), derivation.get());
    Condition clear = rule.has("clear") ? condition(conditions, rule.text("clear")) : null;
    String shadowOf = name("shadow-of", false).orElse(null);
    if (shadowOf != null && name.filter(shadowOf::equals).isPresent()) {
      rule.problem("shadow-of", "names the rule itself; name the live one");
    }
    Rule made =
        new Rule(
            name.orElse(""),
            version(),
            shadowOf,
            signal.get(),
            select,
            derivation.get(),
            when,
            hold("for"),
            clear,
            hold("clear-for"),
            rule.text("clear-share").flatMap(text -> text.number(0, 100)).orElse(0.0),
            priority(),
            layer(signal.get()),
            summary(conditions),
            runbook(),
            labels(),
            heal());
    return isWhole && name.isPresent() ? Optional.of(made) : Optional.empty();
  }

  private Condition when(Conditions conditions, SignalKind signal, Derivation derivation) {
    if (rule.has("when")) {
      return condition(conditions, rule.text("when"));
    }
    Optional<String> usual = Defaults.when(signal, derivation);
    if (usual.isPresent()
        && conditions.compile(usual.get()) instanceof Conditions.Compiled.Good good) {
      return good.condition();
    }
    rule.problem("when", "is missing");
    isWhole = false;
    return null;
  }

  private Condition condition(Conditions conditions, Optional<YamlText> text) {
    if (text.isEmpty()) {
      isWhole = false;
      return null;
    }
    Conditions.Compiled compiled = conditions.compile(text.get().value());
    if (compiled instanceof Conditions.Compiled.Bad bad) {
      bad.faults().forEach(fault -> text.get().problemAt(fault.offset(), fault.message()));
      isWhole = false;
      return null;
    }
    return ((Conditions.Compiled.Good) compiled).condition();
  }

  private Optional<String> name(String key, boolean isRequired) {
    Optional<YamlText> text = isRequired ? rule.required(key) : rule.text(key);
    if (text.isPresent() && !NAME.matcher(text.get().value()).matches()) {
      text.get()
          .problem(
              "is not a name; use up to 63 of a-z, 0-9, dot, underscore and hyphen, letter or"
                  + " digit first");
      return Optional.empty();
    }
    return text.map(YamlText::value);
  }

  private Duration hold(String key) {
    Optional<Duration> hold = rule.text(key).flatMap(YamlText::duration);
    if (hold.isPresent() && hold.get().compareTo(LONGEST_HOLD) > 0) {
      rule.problem(key, "is longer than 31d");
    }
    return hold.orElse(Duration.ZERO);
  }

  private Priority priority() {
    Optional<YamlText> text = rule.text("priority");
    if (text.isEmpty() || text.get().value().equals("classify")) {
      return null;
    }
    for (Priority priority : Priority.values()) {
      if (priority.name().equals(text.get().value())) {
        return priority;
      }
    }
    text.get().problem("is not one of P0, P1, P2, P3, classify");
    return null;
  }

  private Layer layer(SignalKind signal) {
    return rule.text("layer")
        .flatMap(text -> text.word(Layer.class))
        .orElse(Defaults.layer(signal));
  }

  private String summary(Conditions conditions) {
    Optional<YamlText> text = rule.text("summary");
    if (text.isEmpty()) {
      return Defaults.SUMMARY;
    }
    String template = text.get().value();
    if (template.isBlank() || template.length() > SummaryTemplate.LONGEST) {
      text.get().problem("has to have 1 to " + SummaryTemplate.LONGEST + " characters");
    }
    for (int offset : SummaryTemplate.stray(template)) {
      text.get().problemAt(offset, "is no {field} or {field:.1f}; write {{ for a brace");
    }
    for (String name : SummaryTemplate.of(template).names()) {
      if (!conditions.names().containsKey(name) && !name.equals("rule")) {
        text.get()
            .problemAt(
                template.indexOf("{" + name) + 1,
                "there is no field "
                    + name
                    + " here"
                    + Spelling.hint(name, conditions.names().keySet()));
      }
    }
    return template;
  }

  private String runbook() {
    Optional<YamlText> text = rule.text("runbook");
    text.ifPresent(
        written -> {
          var scheme = SCHEME.matcher(written.value());
          if (written.value().isBlank() || written.value().length() > LONGEST_RUNBOOK) {
            written.problem("has to have 1 to " + LONGEST_RUNBOOK + " characters");
          } else if (scheme.matches()
              && !scheme.group(1).toLowerCase(Locale.ROOT).matches("https?")) {
            written.problem("is no link with http or https, and no text");
          }
        });
    return text.map(YamlText::value).orElse(null);
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>();
    rule.object("labels")
        .ifPresent(
            object -> {
              if (object.names().size() > MOST_LABELS) {
                rule.problem("labels", "are too many; " + MOST_LABELS + " are allowed");
              }
              for (String name : object.names()) {
                if (!LABEL.matcher(name).matches()) {
                  object.problem(name, "is not a label's name; use letters, digits and _ . -");
                }
                object.text(name).ifPresent(value -> labels.put(name, label(value)));
              }
            });
    return labels;
  }

  private static String label(YamlText value) {
    if (value.value().length() > LONGEST_LABEL) {
      value.problem("is too long; " + LONGEST_LABEL + " characters are allowed");
    }
    return value.value();
  }

  private List<String> heal() {
    List<String> actions = new ArrayList<>();
    for (YamlText action : rule.texts("heal")) {
      if (!NAME.matcher(action.value()).matches()) {
        action.problem("is not the name of an action");
      }
      actions.add(action.value());
    }
    if (actions.size() > MOST_ACTIONS) {
      rule.problem("heal", "has too many actions; " + MOST_ACTIONS + " are allowed");
    }
    return actions;
  }

  private String version() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(rule.canonical().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, VERSION_DIGITS);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every Java has SHA-256", never);
    }
  }

  private static List<String> keys() {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "name",
                "signal",
                "select",
                "window",
                "final",
                "when",
                "for",
                "clear",
                "clear-for",
                "clear-share",
                "priority",
                "layer",
                "summary",
                "runbook",
                "labels",
                "heal",
                "shadow-of"));
    keys.addAll(DerivationReader.KEYS.keySet());
    return List.copyOf(keys);
  }
}
