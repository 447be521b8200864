package io.tocsin.alerting.healing.execute.haproxy;

/** A server as HAProxy's commands call it: {@code backend/server}. */
record ServerName(String backend, String server) {

  /** From an object that {@link HaproxySpec#checkObject} has let pass. */
  static ServerName of(String object) {
    int slash = object.indexOf('/');
    return new ServerName(object.substring(0, slash), object.substring(slash + 1));
  }

  @Override
  public String toString() {
    return backend + "/" + server;
  }
}
