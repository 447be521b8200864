package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a record that cannot be written. A record that is too large will be too large the
 * next time as well, so it is counted, named in the log and left out: only dead letters get that
 * large. Everything else, a serialization that failed for want of a registry among it, stops the
 * thread: its transaction is aborted and the input read again, so nothing is lost.
 */
public final class UnsentHandler implements ProductionExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(UnsentHandler.class);

  private MeterRegistry meters;

  /** Made by Kafka Streams, which then calls {@link #configure}. */
  public UnsentHandler() {}

  @Override
  public void configure(Map<String, ?> settings) {
    meters = HandlerContext.of(settings).meters();
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception failure) {
    if (!(failure instanceof RecordTooLargeException)) {
      return Response.fail();
    }
    meters.counter("tocsin.streams.unsent", "reason", "too_large").increment();
    LOG.error(
        "a record for {} about {}-{}@{} is too large for the broker and is left out: {}; raise"
            + " max.message.bytes of the topic",
        record.topic(),
        context.topic(),
        context.partition(),
        context.offset(),
        failure.getMessage());
    return Response.resume();
  }

  // A raw type, because the interface has one.
  @Override
  @SuppressWarnings("rawtypes")
  public Response handleSerializationError(
      ErrorHandlerContext context,
      ProducerRecord record,
      Exception failure,
      SerializationExceptionOrigin origin) {
    return Response.fail();
  }
}
