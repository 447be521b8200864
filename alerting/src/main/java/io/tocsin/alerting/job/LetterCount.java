package io.tocsin.alerting.job;

import io.tocsin.schemas.DeadLetter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs dead letters on their way to their topic. */
final class LetterCount extends RichMapFunction<DeadLetter, DeadLetter> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(LetterCount.class);

  private transient Counters letters;

  @Override
  public void open(OpenContext context) {
    letters =
        new Counters(getRuntimeContext().getMetricGroup(), "tocsin_alerting_dead_letters", "topic");
  }

  @Override
  public DeadLetter map(DeadLetter letter) {
    LOG.warn(
        "{}-{}@{} went to the dead letters: {}",
        letter.getTopic(),
        letter.getPartition(),
        letter.getOffset(),
        letter.getReason());
    letters.count(letter.getTopic());
    return letter;
  }
}
