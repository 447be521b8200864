package io.tocsin.cli;

import io.javalin.util.JavalinBindException;
import io.tocsin.embedded.ExitCode;
import java.util.Optional;

/** The port at which a stage that runs alone answers for its health. */
final class StagePort {

  private StagePort() {}

  /** A stage that can open a port. */
  interface Listening {

    /**
     * Opens it.
     *
     * @return the port
     */
    int listen(String host, int port);
  }

  /**
   * Opens it, if one is asked for, and tells where it is.
   *
   * @throws CommandFailure if it is taken
   */
  static void open(Optional<HttpOption.Address> address, Listening stage) throws CommandFailure {
    if (address.isEmpty()) {
      return;
    }
    String host = address.get().host();
    int port = address.get().port();
    try {
      HealthFile.tell("http", host, stage.listen(host, port));
    } catch (JavalinBindException taken) {
      throw taken(host, port, taken);
    }
  }

  static CommandFailure taken(String host, int port, Exception why) {
    return new CommandFailure(
        ExitCode.PORT_TAKEN.status(),
        "nothing can listen on %s:%d: %s; give --http a free port of this machine"
            .formatted(
                host, port, String.valueOf(why.getMessage()).lines().findFirst().orElse("")),
        why);
  }
}
