package io.tocsin.schemas.secret;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a secret stands; the configuration never holds the secret itself. Read anew at each use, so
 * that it can be changed while Tocsin runs.
 *
 * @param file a file that holds nothing else; white space around it is left out; null for {@code
 *     env}
 * @param env name of an environment variable; null for {@code file}
 */
public record SecretRef(String file, String env) implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final long LARGEST = 64 << 10;

  /**
   * Checks that it names one place.
   *
   * @throws IllegalArgumentException if it names none or two
   */
  public SecretRef {
    if ((file == null) == (env == null)) {
      throw new IllegalArgumentException("write one of file and env: where the secret stands");
    }
  }

  /** The secret that stands in a file. */
  public static SecretRef in(Path file) {
    return new SecretRef(file.toString(), null);
  }

  /**
   * The secret.
   *
   * @throws IOException that names the place and never the secret, if there is none to be read
   */
  public String read() throws IOException {
    return read(System.getenv());
  }

  String read(Map<String, String> environment) throws IOException {
    String secret = file == null ? environment.get(env) : contents();
    if (secret == null || secret.isBlank()) {
      throw new IOException("there is no secret in " + this);
    }
    return secret.strip();
  }

  private String contents() throws IOException {
    Path place = Path.of(file);
    if (Files.size(place) > LARGEST) {
      throw new IOException(this + " is larger than " + LARGEST + " bytes; that is no secret");
    }
    return Files.readString(place, StandardCharsets.UTF_8);
  }

  /** The place, which may be shown to anybody. */
  @Override
  public String toString() {
    return file == null ? "environment variable " + env : "file " + file;
  }
}
