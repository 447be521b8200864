package io.tocsin.streams.topology;

import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A codec in the shape that stores want. */
final class StateSerde {

  private static final Logger LOG = LoggerFactory.getLogger(StateSerde.class);

  private StateSerde() {}

  /**
   * Bytes that the codec does not know are no state: its owner starts anew, and the log says so.
   */
  static <T> Serde<T> of(Function<T, byte[]> encode, Function<byte[], Optional<T>> decode) {
    return Serdes.serdeFrom(
        (topic, state) -> state == null ? null : encode.apply(state),
        (topic, bytes) ->
            bytes == null ? null : decode.apply(bytes).orElseGet(() -> unknown(topic)));
  }

  private static <T> T unknown(String topic) {
    LOG.warn("{}: state of another version of the program is left out; it starts anew", topic);
    return null;
  }
}
