package io.tocsin.streams.topology;

/** How many records of an input partition are still to be read. */
@FunctionalInterface
interface Backlog {

  /** As long as nobody knows. */
  long UNKNOWN = -1;

  /** Where there are no brokers: everything there is has been read. */
  Backlog NONE = (topic, partition) -> 0;

  /** The number; {@link #UNKNOWN} before the first fetch. */
  long of(String topic, int partition);
}
