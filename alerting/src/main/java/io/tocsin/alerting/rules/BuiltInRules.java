package io.tocsin.alerting.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules that come with the program; {@code deploy/rules} is where they are kept. */
public final class BuiltInRules {

  /** One file per layer, and one for what answers no more. */
  private static final List<String> FILES =
      List.of("availability", "infrastructure", "application", "business", "security");

  private BuiltInRules() {}

  /** The files by name, such as {@code deploy/rules/security.yaml}. */
  public static Map<String, String> texts() {
    return read("");
  }

  /** The files of their tests by name, such as {@code deploy/rules/tests/security.yaml}. */
  public static Map<String, String> tests() {
    return read("tests/");
  }

  private static Map<String, String> read(String directory) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String file : FILES) {
      String name = directory + file + ".yaml";
      try (InputStream in = BuiltInRules.class.getResourceAsStream("built-in/" + name)) {
        if (in == null) {
          throw new IllegalStateException("the program was built without its rules " + name);
        }
        texts.put("deploy/rules/" + name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return texts;
  }
}
