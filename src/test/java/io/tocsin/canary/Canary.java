package io.tocsin.canary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Secrets for the configurations of tests, new in each run. What was given out stands in a file of
 * the build, so that the reports of the whole suite can be searched for it at its end.
 */
public final class Canary {

  static final Path REGISTER = Path.of("target/canaries.txt");

  private static final SecureRandom RANDOM = new SecureRandom();

  private Canary() {}

  /**
   * A secret that nobody must print.
   *
   * @param what it stands for, such as {@code webhook token}
   */
  public static String secret(String what) {
    byte[] drawn = new byte[20];
    RANDOM.nextBytes(drawn);
    String secret = HexFormat.of().formatHex(drawn);
    register(what, secret);
    return secret;
  }

  /** Has a secret looked for that was made elsewhere. */
  public static void register(String what, String secret) {
    try {
      Files.createDirectories(REGISTER.getParent());
      Files.writeString(
          REGISTER,
          secret + "\t" + what + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
  }

  /** All that were given out: what each is, by secret. */
  static Map<String, String> all(Path register) throws IOException {
    Map<String, String> secrets = new LinkedHashMap<>();
    if (Files.exists(register)) {
      for (String line : Files.readAllLines(register, StandardCharsets.UTF_8)) {
        int tab = line.indexOf('\t');
        if (tab > 0) {
          secrets.put(line.substring(0, tab), line.substring(tab + 1));
        }
      }
    }
    return secrets;
  }
}
