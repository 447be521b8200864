package io.tocsin.bench;

import java.util.List;

/**
 * What a moment of a stream thread is spent on, told by the frames on its stack: the innermost that
 * one of these knows decides.
 */
enum Cost {
  SAMPLE_DECODING("sample: Avro decoding", "io.tocsin.schemas.serde.RecordDecoder"),
  WINDOW_ENCODING("windows: Avro encoding", "io.tocsin.schemas.serde.TopicSerializer"),
  STATE_DECODING(
      "state: decoding",
      "io.tocsin.streams.window.StateCodec.decode",
      "io.tocsin.streams.window.StateCodec.read",
      "io.tocsin.streams.window.ReadingCodec.read",
      "io.tocsin.streams.sketch.Sketch.read"),
  STATE_ENCODING(
      "state: encoding",
      "io.tocsin.streams.window.StateCodec.encode",
      "io.tocsin.streams.window.StateCodec.write",
      "io.tocsin.streams.window.ReadingCodec.write",
      "io.tocsin.streams.sketch.Sketch.write"),
  BOTTLENECKS("arithmetic: bottlenecks", "io.tocsin.streams.bottleneck."),
  WINDOWS(
      "arithmetic: rates, windows, sketches",
      "io.tocsin.streams.window.",
      "io.tocsin.streams.sketch.",
      "io.tocsin.streams.rollup.",
      "io.tocsin.streams.latency."),
  ROCKSDB("store: RocksDB", "org.rocksdb."),
  PRODUCER("producer: batching, compression, sending", "org.apache.kafka.clients.producer."),
  CONSUMER("consumer: fetching, decompression", "org.apache.kafka.clients.consumer."),
  STREAMS("Kafka Streams around it", "org.apache.kafka.streams."),
  PROCESSORS("our processors around it", "io.tocsin.streams.topology."),
  CLIENTS("Kafka clients otherwise", "org.apache.kafka."),
  OTHER("all else");

  private final String words;
  private final List<String> prefixes;

  Cost(String words, String... prefixes) {
    this.words = words;
    this.prefixes = List.of(prefixes);
  }

  String words() {
    return words;
  }

  /**
   * The cost of a stack.
   *
   * @param frames {@code class.method}, innermost first
   */
  static Cost of(List<String> frames) {
    for (String frame : frames) {
      for (Cost cost : values()) {
        if (cost.prefixes.stream().anyMatch(frame::startsWith)) {
          return cost;
        }
      }
    }
    return OTHER;
  }
}
