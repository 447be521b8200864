package io.tocsin.server;

import java.util.List;

/** A request that cannot be carried out, with all that is wrong with it. */
final class RequestProblem extends Exception {

  private static final long serialVersionUID = 1L;

  RequestProblem(List<String> problems) {
    super(String.join("; ", problems));
  }
}
