package io.tocsin.collectors.security;

import java.nio.file.Path;

/**
 * Where Falco's alerts come from; with {@code json_output: true} in Falco's own configuration. At
 * least one of file and listen must be given; an alert that comes both ways counts once.
 *
 * @param file what Falco's {@code file_output} writes; default: none is read
 * @param from where reading begins in a file that is there when the agent starts; default: END
 * @param listen port on the loopback interface that Falco's {@code http_output} posts to, 0 to
 *     65535, where 0 is any free one; default: nothing listens
 */
public record FalcoConfig(Path file, From from, Integer listen) {

  /** Where in a file reading begins. */
  public enum From {
    /** What was written before the agent started is read too. */
    BEGINNING,
    /** Only what is written from now on. */
    END
  }

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public FalcoConfig {
    from = from == null ? From.END : from;
    if (file == null && listen == null) {
      throw new IllegalArgumentException(
          "security: falco: neither file nor listen is given; name the file that Falco writes, or a"
              + " port that it posts to");
    }
    if (listen != null && (listen < 0 || listen > 65_535)) {
      throw new IllegalArgumentException("security: falco: listen must be a port, 0 to 65535");
    }
  }
}
