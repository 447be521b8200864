package io.tocsin.alerting.job;

import io.tocsin.alerting.evaluate.Outcome;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.RuleStatus;
import io.tocsin.schemas.Silence;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.util.OutputTag;

/** The side outputs of the job's operators. */
final class Outputs {

  static final OutputTag<DeadLetter> DEAD_LETTERS = avro("dead-letters", DeadLetter.class);
  static final OutputTag<IncidentEvent> EVENTS = avro("incident-events", IncidentEvent.class);
  static final OutputTag<HealPlan> PLANS = avro("heal-plans", HealPlan.class);
  static final OutputTag<Notification> NOTIFICATIONS = avro("notifications", Notification.class);
  static final OutputTag<Silence> SILENCES = avro("silences", Silence.class);
  static final OutputTag<RuleStatus> RULE_STATUS = avro("rule-status", RuleStatus.class);
  static final OutputTag<Outcome.Fact> FACTS =
      new OutputTag<>("facts", TypeInformation.of(Outcome.Fact.class));

  private Outputs() {}

  private static <V extends SpecificRecordBase> OutputTag<V> avro(String id, Class<V> type) {
    return new OutputTag<>(id, new AvroTypeInfo<>(type));
  }
}
