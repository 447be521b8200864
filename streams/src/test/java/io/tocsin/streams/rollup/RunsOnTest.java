package io.tocsin.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RunsOnTest {

  private static final Map<String, String> PARENTS =
      Map.of(
          "container/web", "vm/web-1",
          "vm/web-1", "host/rack-1",
          "container/lost", "vm/unheard-of",
          "container/egg", "vm/hen",
          "vm/hen", "container/egg",
          "container/self", "container/self");

  @Test
  void theHostIsAtTheRootOfTheChain() {
    assertThat(RunsOn.host("container/web", PARENTS::get)).contains("rack-1");
    assertThat(RunsOn.host("vm/web-1", PARENTS::get)).contains("rack-1");
  }

  @Test
  void aHostRunsOnNone() {
    assertThat(RunsOn.host("host/rack-1", PARENTS::get)).isEmpty();
  }

  @Test
  void aChainThatEndsElsewhereHasNone() {
    assertThat(RunsOn.host("container/lost", PARENTS::get)).isEmpty();
    assertThat(RunsOn.host("container/unheard-of", PARENTS::get)).isEmpty();
  }

  @Test
  void aCircleHasNone() {
    assertThat(RunsOn.host("container/egg", PARENTS::get)).isEmpty();
    assertThat(RunsOn.host("container/self", PARENTS::get)).isEmpty();
  }
}
