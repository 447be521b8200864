package io.tocsin.cli;

import io.javalin.util.JavalinBindException;
import io.tocsin.schemas.tls.ServerTls;
import java.util.Optional;

/** The port at which a stage that runs alone answers for its health. */
final class StagePort {

  private StagePort() {}

  /** A stage that can open a port. */
  interface Listening {

    /**
     * Opens it.
     *
     * @param tls what it speaks there; null for HTTP as it is
     * @return the port
     */
    int listen(String host, int port, ServerTls tls);
  }

  /**
   * Opens it, if one is asked for, and tells where it is.
   *
   * @param tls what it speaks there: {@code server.tls} of the configuration; null for HTTP as it
   *     is
   * @throws CommandFailure if it is taken
   */
  static void open(Optional<HttpOption.Address> address, ServerTls tls, Listening stage)
      throws CommandFailure {
    if (address.isEmpty()) {
      return;
    }
    HttpOption.Address where = address.get();
    try {
      HealthFile.tell(
          ServerTls.scheme(tls), where.host(), stage.listen(where.host(), where.port(), tls));
    } catch (JavalinBindException taken) {
      throw where.taken(taken);
    }
  }
}
