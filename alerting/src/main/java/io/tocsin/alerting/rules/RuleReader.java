package io.tocsin.alerting.rules;

import io.tocsin.alerting.yaml.Problem;
import io.tocsin.alerting.yaml.Spelling;
import io.tocsin.alerting.yaml.YamlObject;
import io.tocsin.alerting.yaml.YamlSource;
import io.tocsin.schemas.RuleText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads rules: files with a list {@code rules}, or one rule as it travels on the topic. All
 * problems are found before any is reported, each with file, line and column.
 */
public final class RuleReader {

  /** Most rules of one file; ours. */
  static final int MOST_RULES = 10_000;

  private final Set<String> elsewhere;

  /** Reads rules that name each other only. */
  public RuleReader() {
    this(Set.of());
  }

  /** Reads rules that may also name these, which are in force beside them. */
  public RuleReader(Set<String> elsewhere) {
    this.elsewhere = Set.copyOf(elsewhere);
  }

  /** A rule and what it was read from. */
  private record Read(LoadedRule loaded, YamlObject object) {}

  /** Reads files that belong together: names are unique, and what rules name is there. */
  public RuleReading read(Collection<Path> files) {
    Map<String, String> texts = new LinkedHashMap<>();
    List<Problem> unreadable = new ArrayList<>();
    for (Path file : files) {
      try {
        texts.put(file.toString(), Files.readString(file));
      } catch (NoSuchFileException missing) {
        unreadable.add(new Problem(file.toString(), 0, 0, "", "there is no such file"));
      } catch (CharacterCodingException notText) {
        unreadable.add(new Problem(file.toString(), 0, 0, "", "is not text in UTF-8"));
      } catch (IOException other) {
        unreadable.add(
            new Problem(file.toString(), 0, 0, "", "cannot be read: " + other.getMessage()));
      }
    }
    RuleReading reading = readTexts(texts);
    unreadable.addAll(reading.problems());
    return new RuleReading(reading.rules(), unreadable);
  }

  /** The same of texts, by the name of their file. */
  public RuleReading readTexts(Map<String, String> texts) {
    List<YamlSource> sources = new ArrayList<>();
    Map<String, Read> byName = new LinkedHashMap<>();
    texts.forEach(
        (file, text) -> {
          YamlSource source = new YamlSource(file, 1, text);
          sources.add(source);
          source.root("").ifPresent(root -> rules(source, root, byName));
        });
    Set<String> names = new TreeSet<>(elsewhere);
    names.addAll(byName.keySet());
    byName.values().forEach(read -> checkNames(read, names));
    List<Problem> problems = new ArrayList<>();
    sources.forEach(source -> problems.addAll(source.problems()));
    return new RuleReading(byName.values().stream().map(Read::loaded).toList(), problems);
  }

  /** Reads one rule as it travels; its rules are one or none. */
  public RuleReading read(RuleText text) {
    YamlSource source = new YamlSource(text.getFile(), Math.max(1, text.getLine()), text.getText());
    Optional<Rule> rule = source.root("").flatMap(RuleParser::parse);
    if (rule.isPresent() && !rule.get().name().equals(text.getName())) {
      List<Problem> problems = new ArrayList<>(source.problems());
      problems.add(
          new Problem(
              text.getFile(),
              text.getLine(),
              1,
              "name",
              "is " + rule.get().name() + ", but was sent as " + text.getName()));
      return new RuleReading(List.of(), problems);
    }
    return source.isGood() && rule.isPresent()
        ? new RuleReading(
            List.of(new LoadedRule(rule.get(), text.getText(), text.getFile(), text.getLine())),
            List.of())
        : new RuleReading(List.of(), source.problems());
  }

  private static void rules(YamlSource source, YamlObject root, Map<String, Read> byName) {
    root.allow(List.of("rules"));
    List<YamlObject> objects = root.objects("rules");
    if (!root.has("rules")) {
      root.problem("rules", "is missing");
    }
    if (objects.size() > MOST_RULES) {
      root.problem("rules", "are too many; " + MOST_RULES + " are allowed in one file");
      return;
    }
    for (YamlObject object : objects) {
      int before = source.count();
      Optional<Rule> rule = RuleParser.parse(object);
      if (rule.isPresent() && source.count() == before) {
        Read read =
            new Read(
                new LoadedRule(rule.get(), object.slice(), object.file(), object.line()), object);
        Read earlier = byName.putIfAbsent(rule.get().name(), read);
        if (earlier != null) {
          object.problem(
              "name",
              "is the name of the rule at "
                  + earlier.loaded().file()
                  + ":"
                  + earlier.loaded().line());
        }
      }
    }
  }

  /** Whether the rules that this one names are there; one sent alone may come before them. */
  private static void checkNames(Read read, Collection<String> names) {
    Rule rule = read.loaded().rule();
    if (rule.isShadow() && !names.contains(rule.shadowOf())) {
      read.object().problem("shadow-of", noRule(rule.shadowOf(), names));
    }
    if (rule.derivation() instanceof Derivation.Sequence sequence) {
      for (String step : sequence.steps()) {
        if (!names.contains(step)) {
          read.object().problem("sequence", noRule(step, names));
        }
      }
    }
  }

  private static String noRule(String name, Collection<String> names) {
    return "there is no rule " + name + Spelling.hint(name, names);
  }
}
