package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PreloadTest {

  private static final String CONSOLE = "/io/tocsin/server/console/";
  private static final Pattern IMPORT =
      Pattern.compile("^(?:import|export)[^;]*? from '([^']+)'", Pattern.MULTILINE);
  private static final Pattern PRELOADED = Pattern.compile("rel=\"modulepreload\" href=\"([^\"]+)");

  private static String read(String file) throws IOException {
    try (InputStream in = PreloadTest.class.getResourceAsStream(CONSOLE + file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void follow(String module, Set<String> all) throws IOException {
    if (!all.add(module)) {
      return;
    }
    for (MatchResult found : IMPORT.matcher(read(module)).results().toList()) {
      follow(Path.of(module).resolveSibling(found.group(1)).normalize().toString(), all);
    }
  }

  @Test
  void theBoardIsAskedForAtOnceAndNothingElse() throws Exception {
    Set<String> needed = new TreeSet<>();
    follow("app.js", needed);
    follow("pages/incidents.js", needed);
    needed.remove("app.js");

    Set<String> preloaded =
        PRELOADED
            .matcher(read("index.html"))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(preloaded).as("modulepreload in index.html").isEqualTo(needed);
  }
}
