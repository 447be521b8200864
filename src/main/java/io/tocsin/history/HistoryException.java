package io.tocsin.history;

/** Why history gave no answer, or no whole one; the message is a line for people. */
public final class HistoryException extends Exception {

  private static final long serialVersionUID = 1L;

  HistoryException(String line, Throwable cause) {
    super(line, cause);
  }
}
