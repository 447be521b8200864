package io.tocsin.cli;

import io.tocsin.embedded.ExitCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** {@code --http}: where a stage that runs alone answers for its health. */
final class HttpOption {

  private static final Pattern ADDRESS = Pattern.compile("([A-Za-z0-9._-]+):([0-9]{1,5})");
  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = {
        "Answer /health/live, /health/ready and, but for an agent, /metrics there. Port 0: any that",
        "is free. Default: nowhere."
      })
  private String http;

  /** Where it listens. */
  record Address(String host, int port) {

    /**
     * Reads {@code host:port}.
     *
     * @throws CommandFailure if it is something else
     */
    static Address parse(String text) throws CommandFailure {
      Matcher address = ADDRESS.matcher(text);
      if (!address.matches() || Integer.parseInt(address.group(2)) > HIGHEST_PORT) {
        throw new CommandFailure(2, "--http: must be HOST:PORT, such as 127.0.0.1:18083");
      }
      return new Address(address.group(1), Integer.parseInt(address.group(2)));
    }

    /** What is said if nothing can listen there. */
    CommandFailure taken(Exception why) {
      return new CommandFailure(
          ExitCode.PORT_TAKEN.status(),
          "nothing can listen on %s:%d: %s; give --http a free port of this machine"
              .formatted(
                  host, port, String.valueOf(why.getMessage()).lines().findFirst().orElse("")),
          why);
    }
  }

  /**
   * Where to listen; empty for nowhere.
   *
   * @throws CommandFailure if what was given is no address
   */
  Optional<Address> address() throws CommandFailure {
    return http == null ? Optional.empty() : Optional.of(Address.parse(http));
  }
}
