package io.tocsin.history;

import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.util.List;
import java.util.Set;

/**
 * The topics that are tables, those that the answers of the API are made of, and those that the
 * stages go on from. Rule states, shadow reports and windows are made anew and are left out.
 */
final class StateTopics {

  static final List<Topic<?>> ALL =
      List.of(
          Topics.RESOURCES,
          Topics.POLICIES,
          Topics.RULES,
          Topics.SILENCES,
          Topics.IMAGE_FINDINGS,
          Topics.INCIDENTS,
          Topics.INCIDENT_EVENTS,
          Topics.ALERTS,
          Topics.COMMANDS,
          Topics.NOTIFICATIONS,
          Topics.HEAL_PLANS,
          Topics.HEAL_RESULTS,
          Topics.AUDIT,
          Topics.DELIVERIES,
          Topics.ACCESS);

  /**
   * Written by the alerting job: what came after its state was kept, that state knows nothing of.
   */
  static final Set<Topic<?>> OF_THE_JOB =
      Set.of(
          Topics.SILENCES,
          Topics.INCIDENTS,
          Topics.INCIDENT_EVENTS,
          Topics.ALERTS,
          Topics.NOTIFICATIONS,
          Topics.HEAL_PLANS);

  /** The group of the alerting job. */
  static final String ALERTING = "tocsin-alerting";

  /** Stages that go on from where they were in these topics; the others read them anew. */
  static final List<String> GROUPS = List.of(ALERTING, "tocsin-responder", "tocsin-notifier");

  private StateTopics() {}
}
