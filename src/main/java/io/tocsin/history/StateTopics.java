package io.tocsin.history;

import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.util.List;

/**
 * The topics that are tables, and those that the answers of the API are made of. Rule states,
 * alerts and reports are made anew of them and are left out.
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
          Topics.COMMANDS,
          Topics.HEAL_RESULTS,
          Topics.DELIVERIES);

  private StateTopics() {}
}
