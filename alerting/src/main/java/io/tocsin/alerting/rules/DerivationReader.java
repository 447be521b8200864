package io.tocsin.alerting.rules;

import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.alerting.yaml.Spelling;
import io.tocsin.alerting.yaml.YamlObject;
import io.tocsin.alerting.yaml.YamlText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a rule works out first: at most one of the keys of {@link #KEYS}. */
final class DerivationReader {

  /** The keys of derivations, and the keys in each. */
  static final Map<String, List<String>> KEYS =
      Map.of(
          "rate", List.of("field", "over"),
          "baseline", List.of("field", "seasonal"),
          "burn-rate", List.of("bad", "total", "objective", "windows", "minimum-events"),
          "difference", List.of("field"),
          "absence", List.of("intervals"),
          "sequence", List.of("steps", "within"));

  /** Intervals that an expected resource may miss where a rule says nothing. */
  private static final int MISSED_INTERVALS = 3;

  /** The longest of what has to be remembered of every series; ours. */
  private static final Duration LONGEST = Duration.ofDays(31);

  private static final int MOST_STEPS = 10;
  private static final int MOST_WINDOWS = 10;
  private static final double MOST_EVENTS = 1e15;

  private final YamlObject rule;
  private final SignalKind signal;

  DerivationReader(YamlObject rule, SignalKind signal) {
    this.rule = rule;
    this.signal = signal;
  }

  Optional<Derivation> read() {
    List<String> keys = rule.names().stream().filter(KEYS::containsKey).toList();
    if (keys.size() > 1) {
      rule.problem(keys.get(1), "stands beside " + keys.get(0) + "; a rule derives one thing");
      return Optional.empty();
    }
    if (keys.isEmpty()) {
      return signal == SignalKind.ABSENCE
          ? Optional.of(new Derivation.Absence(MISSED_INTERVALS))
          : Optional.of(new Derivation.None());
    }
    String key = keys.get(0);
    if (key.equals("absence") != (signal == SignalKind.ABSENCE)) {
      rule.problem(key, "does not go with signal " + signal.word());
    }
    Optional<YamlObject> object = rule.object(key);
    object.ifPresent(each -> each.allow(KEYS.get(key)));
    return object.flatMap(
        each ->
            switch (key) {
              case "rate" -> rate(each);
              case "baseline" -> baseline(each);
              case "burn-rate" -> burnRate(each);
              case "difference" -> number(each, "field").map(Derivation.Difference::new);
              case "absence" -> absence(each);
              default -> sequence(each);
            });
  }

  private Optional<Derivation> baseline(YamlObject object) {
    Optional<YamlText> written = object.text("seasonal");
    boolean isBoolean =
        written.map(text -> List.of("true", "false").contains(text.value())).orElse(true);
    if (!isBoolean) {
      written.get().problem("has to be true or false");
    }
    boolean seasonal = written.map(text -> text.value().equals("true")).orElse(false);
    return number(object, "field").map(field -> new Derivation.Baseline(field, seasonal));
  }

  private Optional<Derivation> rate(YamlObject object) {
    Optional<String> field = number(object, "field");
    Optional<Duration> over = time(object, "over");
    return field.isEmpty() || over.isEmpty()
        ? Optional.empty()
        : Optional.of(new Derivation.Rate(field.get(), over.get()));
  }

  private Optional<Derivation> absence(YamlObject object) {
    Optional<YamlText> written = object.text("intervals");
    return written.isEmpty()
        ? Optional.of(new Derivation.Absence(MISSED_INTERVALS))
        : whole(written, 1, 10_000).map(count -> new Derivation.Absence(count.intValue()));
  }

  private Optional<Derivation> sequence(YamlObject object) {
    List<String> steps = object.texts("steps").stream().map(YamlText::value).toList();
    if (steps.size() < 2 || steps.size() > MOST_STEPS) {
      object.problem("steps", "have to be the names of 2 to " + MOST_STEPS + " rules");
    }
    return time(object, "within").map(within -> new Derivation.Sequence(steps, within));
  }

  private Optional<Derivation> burnRate(YamlObject object) {
    Optional<String> bad = number(object, "bad");
    Optional<String> total = number(object, "total");
    Optional<Double> objective =
        object
            .required("objective")
            .flatMap(text -> text.number(0, 1))
            .filter(
                share -> {
                  if (share >= 1) {
                    object.problem(
                        "objective", "leaves no budget; write less than 1, such as 0.999");
                  }
                  return share < 1;
                });
    List<Derivation.BurnWindows> pairs = new ArrayList<>();
    object.objects("windows").forEach(each -> windows(each).ifPresent(pairs::add));
    if (pairs.isEmpty() || pairs.size() > MOST_WINDOWS) {
      object.problem("windows", "have to be 1 to " + MOST_WINDOWS + " pairs {long, short, factor}");
    }
    Optional<YamlText> floor = object.text("minimum-events");
    Optional<Long> events = floor.isEmpty() ? Optional.of(1L) : whole(floor, 1, MOST_EVENTS);
    if (bad.isEmpty() || total.isEmpty() || objective.isEmpty() || events.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Derivation.BurnRate(bad.get(), total.get(), objective.get(), pairs, events.get()));
  }

  private Optional<Derivation.BurnWindows> windows(YamlObject object) {
    object.allow(List.of("long", "short", "factor"));
    Optional<Duration> longWindow = time(object, "long");
    Optional<Duration> shortWindow = time(object, "short");
    Optional<Double> factor = object.required("factor").flatMap(text -> text.number(0, 1e6));
    if (longWindow.isEmpty() || shortWindow.isEmpty() || factor.isEmpty()) {
      return Optional.empty();
    }
    if (shortWindow.get().compareTo(longWindow.get()) >= 0) {
      object.problem("short", "has to be shorter than long");
    }
    return Optional.of(
        new Derivation.BurnWindows(longWindow.get(), shortWindow.get(), factor.get()));
  }

  /** The name of one of the signal's numbers. */
  private Optional<String> number(YamlObject object, String key) {
    List<String> numbers = DerivedFields.numbers(signal);
    Optional<YamlText> text = object.required(key);
    return text.map(YamlText::value)
        .filter(
            name -> {
              if (!numbers.contains(name)) {
                text.get()
                    .problem(
                        "there is no number "
                            + name
                            + " in "
                            + signal.word()
                            + Spelling.hint(name, numbers));
              }
              return numbers.contains(name);
            });
  }

  private static Optional<Long> whole(Optional<YamlText> written, double least, double most) {
    return written
        .flatMap(text -> text.number(least, most))
        .filter(
            number -> {
              if (number != Math.rint(number)) {
                written.get().problem("has to be a whole number");
              }
              return number == Math.rint(number);
            })
        .map(Double::longValue);
  }

  private static Optional<Duration> time(YamlObject object, String key) {
    return object
        .required(key)
        .flatMap(YamlText::duration)
        .filter(
            time -> {
              boolean fits = !time.isZero() && time.compareTo(LONGEST) <= 0;
              if (!fits) {
                object.problem(key, "has to be more than 0 and at most 31d");
              }
              return fits;
            });
  }
}
