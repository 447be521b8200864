package io.tocsin.collectors.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.SecurityEvent;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MentionsTest {

  private final Mentions mentions = new Mentions("host-1", new ManualTime(Examples.NOON));

  @Test
  void theListIsTheSameUntilSomethingIsNamedForTheFirstTime() {
    pass("a", "b");
    List<Resource> list = mentions.list();
    pass("b");
    pass();
    assertThat(mentions.list()).isSameAs(list);

    pass("c");

    assertThat(mentions.list()).isNotSameAs(list).hasSize(4);
  }

  @Test
  void whatWasNamedLongestAgoIsForgottenFirst() {
    pass("old");
    pass("older but named again");
    pass(IntStream.range(0, 998).mapToObj(i -> "c" + i).toArray(String[]::new));
    pass("old");
    pass("new");

    assertThat(mentions.list()).hasSize(1_001);
    assertThat(mentions.list())
        .extracting(Resource::getName)
        .contains("old", "new")
        .doesNotContain("older but named again");
  }

  @Test
  void allThatOnePassNamesIsListedHoweverManyThatAre() {
    pass(IntStream.range(0, 3_000).mapToObj(i -> "c" + i).toArray(String[]::new));
    assertThat(mentions.list()).hasSize(3_001);

    pass("d");

    assertThat(mentions.list()).hasSize(1_001);
  }

  private void pass(String... containers) {
    mentions.beginPass();
    for (String container : containers) {
      mentions.add(
          SecurityEvent.newBuilder()
              .setResourceId("container/" + container)
              .setKind(ResourceKind.CONTAINER)
              .setContainer(container));
    }
    mentions.endPass();
  }
}
