package io.tocsin.streams.topology;

/** A sample under the key of another resource than the one it speaks of. */
final class MisplacedSampleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MisplacedSampleException(String key, String resourceId) {
    super("has the key " + key + ", but is a sample of " + resourceId);
  }
}
