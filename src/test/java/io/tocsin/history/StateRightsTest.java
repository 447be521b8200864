package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.topic.Topic;
import io.tocsin.security.Actor;
import io.tocsin.security.Rights;
import org.junit.jupiter.api.Test;

final class StateRightsTest {

  @Test
  void whoRestoresABackupMayWriteAllThatItHolds() {
    assertThat(Rights.topics(Actor.ADMIN))
        .containsExactlyInAnyOrderElementsOf(StateTopics.ALL.stream().map(Topic::name).toList());
  }
}
