package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.exchange.DeadLetters;
import io.tocsin.schemas.serde.PoisonRecordException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that will never be of use go to the dead-letter topic, whole and with their origin, in
 * the transaction of the records around them; the stream goes on.
 *
 * <p>Only what is wrong with the record counts. What is wrong with Kafka or the registry stops the
 * thread, and the record is read again.
 */
public final class DeadLetterHandler
    implements DeserializationExceptionHandler, ProcessingExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);
  private static final int NOT_KNOWN = -1;

  private DeadLetters letters;
  private MeterRegistry meters;

  /** Made by Kafka Streams, which then calls {@link #configure}. */
  public DeadLetterHandler() {}

  @Override
  public void configure(Map<String, ?> settings) {
    HandlerContext context = HandlerContext.of(settings);
    letters = new DeadLetters("streams", context.cluster(), context.clock());
    meters = context.meters();
  }

  @Override
  public DeserializationExceptionHandler.Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception failure) {
    return failure instanceof PoisonRecordException poison
        ? DeserializationExceptionHandler.Response.resume(
            letter(poison.kind(), record, poison.getMessage()))
        : DeserializationExceptionHandler.Response.fail();
  }

  @Override
  public ProcessingExceptionHandler.Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
    boolean hasSource = context.topic() != null && context.sourceRawValue() != null;
    if (failure instanceof KafkaException || !hasSource) {
      return ProcessingExceptionHandler.Response.fail();
    }
    ConsumerRecord<byte[], byte[]> source =
        new ConsumerRecord<>(
            context.topic(),
            context.partition(),
            context.offset(),
            context.timestamp(),
            TimestampType.CREATE_TIME,
            NOT_KNOWN,
            NOT_KNOWN,
            context.sourceRawKey(),
            context.sourceRawValue(),
            new RecordHeaders(),
            Optional.empty());
    if (!(failure instanceof MisplacedSampleException
        || failure instanceof RefusedPolicyException)) {
      LOG.error("{}: a mistake of ours, or input nobody thought of", place(source), failure);
    }
    return ProcessingExceptionHandler.Response.resume(
        letter(
            "unprocessable",
            source,
            failure.getMessage() == null ? failure.toString() : failure.getMessage()));
  }

  /** Several stream threads may share a handler, but not the serializer in it. */
  private synchronized List<ProducerRecord<byte[], byte[]>> letter(
      String counted, ConsumerRecord<byte[], byte[]> record, String reason) {
    meters.counter("tocsin.streams.deadletters", "reason", counted).increment();
    LOG.warn("{} went to the dead letters: {}", place(record), reason);
    return List.of(letters.recordAbout(record, reason));
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }
}
