package io.tocsin.streams.topology;

/** The streams did not come up, or gave up; the message is one line for people. */
public final class StreamsFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StreamsFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
