package io.tocsin.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page names a test for each thing it claims; each of them has to be there. */
class ZeroTrustPageTest {

  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:Test|ITCase|Properties))`");

  private static Set<String> named() throws Exception {
    String page = Files.readString(Path.of("site/markdown/zero-trust.md"));
    return NAMED
        .matcher(page)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> there() throws Exception {
    Set<String> names = new TreeSet<>();
    for (String module : new String[] {"schemas", "collectors", "streams", "alerting"}) {
      add(Path.of("..", module, "src/test/java"), names);
    }
    add(Path.of("test/java"), names);
    return names;
  }

  private static void add(Path sources, Set<String> names) throws Exception {
    try (Stream<Path> files = Files.walk(sources)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
    }
  }

  @Test
  void everyTestThatThePageNamesIsThere() throws Exception {
    assertThat(named()).hasSizeGreaterThan(20);
    assertThat(there()).containsAll(named());
  }
}
