package io.tocsin.alerting.replay.test;

import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.signal.FieldDoc;
import io.tocsin.alerting.signal.Observations;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.alerting.yaml.Spelling;
import io.tocsin.alerting.yaml.YamlObject;
import io.tocsin.alerting.yaml.YamlSource;
import io.tocsin.alerting.yaml.YamlText;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads files of tests of rules. All problems are found before any is reported, each with file,
 * line and column.
 */
public final class RuleTestReader {

  private static final List<String> KEYS =
      List.of("name", "rules", "resources", "start", "every", "input", "expect");
  private static final List<String> RESOURCE =
      List.of("id", "kind", "service", "tier", "interval", "parent", "depends-on", "labels");
  private static final List<String> INPUT =
      List.of("signal", "resource", "series", "labels", "from", "fields");

  /** Where a test does not say when it begins: a Thursday. */
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Set<String> ruleNames;
  private final int mostValues;

  /** For tests of these rules. */
  public RuleTestReader(Collection<Rule> rules) {
    this(rules, Integer.MAX_VALUE);
  }

  /** The same, for files that have so many values at most, so that a short text is no large one. */
  public RuleTestReader(Collection<Rule> rules, int mostValues) {
    this.mostValues = mostValues;
    this.ruleNames = rules.stream().map(Rule::name).collect(Collectors.toSet());
  }

  /** Reads a file's text. */
  public RuleTestFile read(String file, String text) {
    YamlSource source = new YamlSource(file, 1, text);
    List<RuleTest> tests = new ArrayList<>();
    AtomicReference<String> config = new AtomicReference<>();
    Set<String> names = new HashSet<>();
    AtomicInteger room = new AtomicInteger(mostValues);
    source
        .root("")
        .ifPresent(
            root -> {
              root.allow(List.of("tests", "config"));
              root.text("config").map(YamlText::value).ifPresent(config::set);
              if (!root.has("tests")) {
                root.problem("tests", "is missing");
              }
              for (YamlObject object : root.objects("tests")) {
                int before = source.count();
                RuleTest test = test(object, room);
                if (!root.has("config") && test.asksForChannels()) {
                  object.problem(
                      "expect",
                      "says who is notified, but the file names no configuration with routes; write"
                          + " config: tocsin.yaml beside tests");
                }
                if (!names.add(test.name())) {
                  object.problem("name", "is the name of an earlier test");
                }
                if (source.count() == before) {
                  tests.add(test);
                }
              }
            });
    return new RuleTestFile(file, config.get(), tests, source.problems());
  }

  private RuleTest test(YamlObject object, AtomicInteger room) {
    object.allow(KEYS);
    List<YamlText> rules = object.texts("rules");
    rules.forEach(this::checkRule);
    if (!object.has("expect")) {
      object.problem("expect", "is missing");
    }
    List<Expectation> expectations =
        object.objects("expect").stream()
            .flatMap(each -> ExpectationReader.read(each).stream())
            .sorted(Comparator.comparing(Expectation::at))
            .toList();
    for (Expectation expectation : expectations) {
      checkRules(object, expectation);
    }
    return new RuleTest(
        object.required("name").map(YamlText::value).orElse(""),
        object.line(),
        rules.stream().map(YamlText::value).toList(),
        resources(object),
        object.text("start").flatMap(RuleTestReader::instant).orElse(START),
        object.text("every").flatMap(RuleTestReader::step).orElse(EVERY),
        object.objects("input").stream().flatMap(each -> input(each, room).stream()).toList(),
        expectations);
  }

  private void checkRule(YamlText name) {
    if (!ruleNames.contains(name.value())) {
      name.problem("is the name of no rule" + Spelling.hint(name.value(), ruleNames));
    }
  }

  private void checkRules(YamlObject object, Expectation expectation) {
    List<String> named = new ArrayList<>();
    if (expectation.alerts() != null) {
      expectation.alerts().forEach(alert -> named.add(alert.rule()));
    }
    if (expectation.incidents() != null) {
      expectation.incidents().forEach(incident -> named.add(incident.rule()));
    }
    for (String name : named) {
      if (name != null && !name.isEmpty() && !ruleNames.contains(name)) {
        object.problem(
            "expect",
            "names a rule "
                + name
                + " in line "
                + expectation.line()
                + " that there is not"
                + Spelling.hint(name, ruleNames));
      }
    }
  }

  private static List<TestResource> resources(YamlObject test) {
    List<TestResource> resources = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (YamlObject object : test.objects("resources")) {
      object.allow(RESOURCE);
      String id = object.required("id").map(YamlText::value).orElse("");
      if (!ids.add(id)) {
        object.problem("id", "is the id of an earlier resource");
      }
      resources.add(
          new TestResource(
              id,
              object
                  .text("kind")
                  .flatMap(text -> text.word(ResourceKind.class))
                  .orElse(TestResource.kind(id)),
              object.text("service").map(YamlText::value).orElse(null),
              object.text("tier").flatMap(text -> text.word(Tier.class)).orElse(Tier.UNSPECIFIED),
              object.text("interval").flatMap(YamlText::duration).orElse(Duration.ZERO),
              object.text("parent").map(YamlText::value).orElse(null),
              object.texts("depends-on").stream().map(YamlText::value).toList(),
              labels(object)));
    }
    return resources;
  }

  private static Optional<InputSeries> input(YamlObject object, AtomicInteger room) {
    object.allow(INPUT);
    Optional<SignalKind> signal =
        object.required("signal").flatMap(text -> text.word(SignalKind.class));
    Optional<String> resource = object.required("resource").map(YamlText::value);
    if (signal.isEmpty() || resource.isEmpty()) {
      return Optional.empty();
    }
    if (signal.get() == SignalKind.ABSENCE) {
      object.problem(
          "signal", "absence is not observed; let a resource with an interval be silent");
      return Optional.empty();
    }
    Map<String, List<Object>> values =
        object.object("fields").map(fields -> values(fields, signal.get(), room)).orElse(Map.of());
    if (!object.has("fields")) {
      object.problem("fields", "is missing");
    }
    return Optional.of(
        new InputSeries(
            signal.get(),
            resource.get(),
            object.text("series").map(YamlText::value).orElse(usualSeries(signal.get())),
            inputLabels(object, signal.get()),
            object.text("from").flatMap(YamlText::span).orElse(Duration.ZERO),
            values));
  }

  private static Map<String, List<Object>> values(
      YamlObject fields, SignalKind signal, AtomicInteger room) {
    Map<String, FieldDoc> known =
        Observations.fields(signal).stream()
            .collect(Collectors.toMap(FieldDoc::name, Function.identity()));
    fields.allow(known.keySet());
    Map<String, List<Object>> values = new HashMap<>();
    for (String name : fields.names()) {
      Optional<YamlText> text = fields.text(name).filter(each -> known.containsKey(name));
      text.ifPresent(
          written -> {
            SeriesNotation.Parsed parsed =
                SeriesNotation.parse(written.value(), known.get(name), room.get());
            if (parsed instanceof SeriesNotation.Parsed.Wrong wrong) {
              written.problemAt(wrong.offset(), wrong.message());
            } else {
              List<Object> read = ((SeriesNotation.Parsed.Values) parsed).values();
              room.addAndGet(-read.size());
              values.put(name, read);
            }
          });
    }
    return values;
  }

  private static String usualSeries(SignalKind signal) {
    return switch (signal) {
      case EFFICIENCY, THROUGHPUT -> "10s";
      case LATENCY -> "10s/probes";
      default -> "";
    };
  }

  /** Windows are their last word where a test does not say otherwise. */
  private static Map<String, String> inputLabels(YamlObject object, SignalKind signal) {
    Map<String, String> labels = labels(object);
    switch (signal) {
      case EFFICIENCY, LATENCY, THROUGHPUT -> labels.putIfAbsent("final", "true");
      default -> {
        // Has no windows.
      }
    }
    return labels;
  }

  private static Map<String, String> labels(YamlObject object) {
    Map<String, String> labels = new HashMap<>();
    object
        .object("labels")
        .ifPresent(
            all ->
                all.names()
                    .forEach(
                        name -> all.text(name).ifPresent(text -> labels.put(name, text.value()))));
    return labels;
  }

  private static Optional<Instant> instant(YamlText text) {
    try {
      return Optional.of(Instant.parse(text.value()));
    } catch (DateTimeParseException notOne) {
      text.problem("is not a time; write such as 2026-01-01T00:00:00Z");
      return Optional.empty();
    }
  }

  private static Optional<Duration> step(YamlText text) {
    return text.duration()
        .filter(
            step -> {
              if (step.isZero()) {
                text.problem("has to be more than 0");
              }
              return !step.isZero();
            });
  }
}
