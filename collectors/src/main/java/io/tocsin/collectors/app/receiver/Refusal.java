package io.tocsin.collectors.app.receiver;

/** A request is not taken, and nothing of it was. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(int status, String why) {
    super(why, null, false, false);
    this.status = status;
  }

  /** It may be taken a little later. */
  static Refusal later(String why) {
    return new Refusal(429, why);
  }

  int status() {
    return status;
  }
}
