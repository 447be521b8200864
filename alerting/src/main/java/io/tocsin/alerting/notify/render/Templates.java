package io.tocsin.alerting.notify.render;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.yaml.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The templates of messages, in Mustache: what they may name, and what is wrong with them. */
public final class Templates {

  /** Longest template, in characters; ours. */
  private static final int LONGEST = 20_000;

  /** What the language itself knows inside of sections, and the parts of a label. */
  private static final Set<String> INSIDE =
      Set.of(".", "this", "-first", "-last", "-index", "name", "value");

  private static final Pattern LABEL = Pattern.compile("label\\.[A-Za-z_][A-Za-z0-9_-]*");

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          // Values are escaped before they come here.
          .withEscaper(Escapers.NONE)
          .defaultValue("")
          .emptyStringIsFalse(true)
          .withCollector(new KnownValues())
          .withLoader(
              name -> {
                throw new MustacheException("{{>" + name + "}}: templates include no others");
              });

  private Templates() {}

  /** What templates may name, and what each means, in an order for people. */
  public static Map<String, String> variables() {
    return Variable.meanings();
  }

  /**
   * What is wrong with a channel's templates, each with its place; empty where nothing is.
   *
   * @return lines such as {@code title: line 1: there is no variable 'sumary'; did you mean
   *     summary?}
   */
  public static List<String> problems(ChannelConfig channel) {
    List<String> problems = new ArrayList<>();
    problems("title", channel.title(), problems);
    problems("body", channel.body(), problems);
    return List.copyOf(problems);
  }

  private static void problems(String key, String template, List<String> problems) {
    if (template == null) {
      return;
    }
    if (template.length() > LONGEST) {
      problems.add(key + ": is longer than " + LONGEST + " characters");
      return;
    }
    Set<String> unknown = new TreeSet<>();
    try {
      compile(template).visit(new Names(unknown));
    } catch (MustacheException broken) {
      problems.add(key + ": " + broken.getMessage());
      return;
    }
    if (!template.contains("{{=") && template.lastIndexOf("{{") > template.lastIndexOf("}}")) {
      int from = template.lastIndexOf("{{");
      String rest = PlainText.head(template.substring(from), 30);
      problems.add("%s: line %d: '%s' does not end".formatted(key, line(template, from), rest));
    }
    for (String name : unknown) {
      problems.add(
          "%s: line %d: there is no variable '%s'%s"
              .formatted(
                  key, line(template, name), name, Spelling.hint(name, variables().keySet())));
    }
  }

  /**
   * A template that can be filled in.
   *
   * @throws MustacheException if its syntax is wrong, saying where
   */
  static Template compile(String template) {
    return COMPILER.compile(template);
  }

  /** The usual template of a kind of channel, or of all if it has none of its own. */
  static String usual(String part, String kind) {
    String own = resource(kind + "." + part + ".mustache");
    return own == null ? resource(part + ".mustache") : own;
  }

  private static String resource(String name) {
    try (InputStream in = Templates.class.getResourceAsStream(name)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static boolean isKnown(String name) {
    return variables().containsKey(name) || INSIDE.contains(name) || LABEL.matcher(name).matches();
  }

  /** The line, from 1, in which a name stands first. */
  private static int line(String template, String name) {
    Matcher tag =
        Pattern.compile("\\{\\{[{&#^/]?\\s*" + Pattern.quote(name) + "\\s*\\}").matcher(template);
    return line(template, tag.find() ? tag.start() : 0);
  }

  private static int line(String template, int at) {
    return 1 + (int) template.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  /** Looks into maps and lists alone: by default, fields and methods of any object can be named. */
  private static final class KnownValues extends BasicCollector {
    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new ConcurrentHashMap<>();
    }
  }

  /** Gathers names that nobody knows. */
  private record Names(Set<String> unknown) implements Mustache.Visitor {

    @Override
    public void visitText(String text) {
      // Text may be anything.
    }

    @Override
    public void visitVariable(String name) {
      if (!isKnown(name)) {
        unknown.add(name);
      }
    }

    @Override
    public boolean visitInclude(String name) {
      throw new MustacheException("{{>" + name + "}}: templates include no others");
    }

    @Override
    public boolean visitSection(String name) {
      visitVariable(name);
      return true;
    }

    @Override
    public boolean visitInvertedSection(String name) {
      visitVariable(name);
      return true;
    }
  }
}
