package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.rule.Share;
import io.tocsin.alerting.rule.Signal;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

class ShareFunctionTest {

  @Test
  void tellsHowManyOfTheKnownEndpointsOfAServiceAreDown() throws Exception {
    var harness =
        ProcessFunctionTestHarnesses.forKeyedProcessFunction(
            new ShareFunction(), ShareFunction::scope, Types.STRING);
    try {
      harness.processElement(signal("endpoint/a", Health.UP, 0), 0);
      harness.processElement(signal("endpoint/b", Health.DOWN, 1), 0);
      harness.processElement(signal("endpoint/a", Health.DOWN, 2), 0);
      harness.processElement(signal("endpoint/b", Health.UP, 60), 0);

      assertThat(harness.extractOutputValues())
          .extracting(Signal::share)
          .containsExactly(new Share(0, 1), new Share(1, 2), new Share(2, 2), new Share(0, 1));
      assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    } finally {
      harness.close();
    }
  }

  @Test
  void endpointsWithoutAServiceStandForThemselves() {
    Probe probe = Examples.probe(Health.DOWN, Examples.NOON);
    probe.setService(null);
    assertThat(ShareFunction.scope(Signal.of(probe))).isEqualTo("endpoint/shop");
  }

  private static Signal signal(String endpoint, Health health, int second) {
    Probe probe = Examples.probe(health, Examples.NOON.plusSeconds(second));
    probe.setResourceId(endpoint);
    return Signal.of(probe);
  }
}
