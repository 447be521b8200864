package io.tocsin.server;

/**
 * An error as RFC 9457 writes it.
 *
 * @param type always {@code about:blank}: the title says what the status says
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what was wrong with this request, and what would be right
 */
record Problem(String type, String title, int status, String detail) {

  static final String CONTENT_TYPE = "application/problem+json";

  static Problem of(int status, String title, String detail) {
    return new Problem("about:blank", title, status, detail);
  }
}
