package io.tocsin.embedded;

/**
 * One engine of the embedded installation. {@link #start()} returns when the engine truly answers,
 * not when its threads run; {@link #close()} stops it and never throws, so that one part that
 * cannot stop does not keep the others alive.
 */
public interface Part extends AutoCloseable {

  /** The word people see in progress lines and errors, such as {@code kafka}. */
  String name();

  /**
   * Starts the engine and waits until it answers.
   *
   * @throws PartFailure if it does not come up, with one line for people and the cause for the log
   * @throws InterruptedException if the caller gave up on the start
   */
  void start() throws PartFailure, InterruptedException;

  /** Where the engine answers, {@code host:port} or a URL; meaningful after {@link #start()}. */
  String address();

  /**
   * Stops the engine. May be called more than once, on a part that never started, and while {@link
   * #start()} still runs in another thread: then it ends that start or waits for it.
   */
  @Override
  void close();
}
