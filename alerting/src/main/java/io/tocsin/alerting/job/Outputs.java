package io.tocsin.alerting.job;

import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.IncidentEvent;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.util.OutputTag;

/** The side outputs of the job's operators. */
final class Outputs {

  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", new AvroTypeInfo<>(DeadLetter.class));
  static final OutputTag<IncidentEvent> EVENTS =
      new OutputTag<>("incident-events", new AvroTypeInfo<>(IncidentEvent.class));
  static final OutputTag<HealPlan> PLANS =
      new OutputTag<>("heal-plans", new AvroTypeInfo<>(HealPlan.class));

  private Outputs() {}
}
