package io.tocsin.history;

import java.util.Optional;

/** Looks after a store that may take points and yet not keep them where questions find them. */
interface StoreWatch extends AutoCloseable {

  /** For stores that either keep what they take, or do not take it. */
  StoreWatch NONE =
      new StoreWatch() {
        @Override
        public void start() {}

        @Override
        public Optional<String> trouble() {
          return Optional.empty();
        }

        @Override
        public void close() {}
      };

  /** Begins, in a thread of its own. */
  void start();

  /** What is wrong and what to do, in words; empty while nothing is known to be. */
  Optional<String> trouble();

  @Override
  void close();
}
