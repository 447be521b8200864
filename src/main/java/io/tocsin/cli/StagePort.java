package io.tocsin.cli;

import io.javalin.util.JavalinBindException;
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
    HttpOption.Address where = address.get();
    try {
      HealthFile.tell("http", where.host(), stage.listen(where.host(), where.port()));
    } catch (JavalinBindException taken) {
      throw where.taken(taken);
    }
  }
}
