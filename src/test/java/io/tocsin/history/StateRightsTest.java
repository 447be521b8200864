package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.topic.Topic;
import io.tocsin.security.Actor;
import io.tocsin.security.Rights;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StateRightsTest {

  @Test
  void whoMakesABackupMayReadAllThatItHolds() {
    List<String> expected = new ArrayList<>(StateTopics.ALL.stream().map(Topic::name).toList());
    expected.add("tocsin.dead-letters");

    assertThat(Rights.topics(Actor.BACKUP)).containsExactlyInAnyOrderElementsOf(expected);
  }
}
