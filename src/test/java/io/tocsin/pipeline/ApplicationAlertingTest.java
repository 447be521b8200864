package io.tocsin.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class ApplicationAlertingTest {

  @Test
  void withoutASavepointAndWithoutHighAvailabilityItBeginsWithNothing() {
    assertThat(beginsWithNothing(Map.of())).isTrue();
    assertThat(beginsWithNothing(Map.of("high-availability.type", "none"))).isTrue();
    assertThat(beginsWithNothing(Map.of("high-availability.type", "zookeeper"))).isFalse();
    assertThat(beginsWithNothing(Map.of("execution.state-recovery.path", "/savepoint"))).isFalse();
  }

  private static boolean beginsWithNothing(Map<String, String> settings) {
    return ApplicationAlerting.beginsWithNothing(Configuration.fromMap(settings));
  }
}
