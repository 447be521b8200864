package io.tocsin.server.http;

import java.util.List;

/** A part of the API: endpoints about one thing. */
@FunctionalInterface
public interface Area {

  /** What can be asked of it. */
  List<Endpoint> endpoints();
}
