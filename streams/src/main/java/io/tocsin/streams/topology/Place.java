package io.tocsin.streams.topology;

import org.apache.kafka.streams.processor.api.ProcessingContext;

/** Where the record at hand stands, as people look it up. */
final class Place {

  private Place() {}

  /** As {@code topic-partition@offset}; empty in a punctuation, where no record is at hand. */
  static String of(ProcessingContext context) {
    return context
        .recordMetadata()
        .map(source -> source.topic() + "-" + source.partition() + "@" + source.offset())
        .orElse("");
  }
}
