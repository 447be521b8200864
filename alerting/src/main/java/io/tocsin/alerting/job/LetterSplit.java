package io.tocsin.alerting.job;

import io.tocsin.schemas.DeadLetter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends values on, and dead letters to the side. */
final class LetterSplit<V extends SpecificRecordBase>
    extends ProcessFunction<Either<V, DeadLetter>, V> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(LetterSplit.class);

  private transient Counters letters;

  @Override
  public void open(OpenContext context) {
    letters =
        new Counters(getRuntimeContext().getMetricGroup(), "tocsin_alerting_dead_letters", "topic");
  }

  @Override
  public void processElement(Either<V, DeadLetter> either, Context context, Collector<V> out) {
    if (either.isLeft()) {
      out.collect(either.left());
      return;
    }
    DeadLetter letter = either.right();
    LOG.warn(
        "{}-{}@{} went to the dead letters: {}",
        letter.getTopic(),
        letter.getPartition(),
        letter.getOffset(),
        letter.getReason());
    letters.count(letter.getTopic());
    context.output(Outputs.DEAD_LETTERS, letter);
  }
}
