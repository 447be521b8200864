package io.tocsin.alerting.incidents;

import static io.tocsin.alerting.incidents.Watch.down;
import static io.tocsin.alerting.incidents.Watch.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Tier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A storm of alerts must not take so long that the next page waits for it. */
class StormTest {

  private final Watch watch = new Watch();

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void aHostWithAThousandServices() {
    for (int i = 0; i < 1_000; i++) {
      watch.resource(resource("endpoint/e" + i, "host/a", "s" + i, Tier.CORE, "s" + (i + 1) / 2));
    }
    for (int i = 0; i < 1_000; i++) {
      watch.alert(down("endpoint/e" + i, 0).setService("s" + i));
    }
    watch.alert(down("host/a", 0));
    assertThat(watch.only().getResourceId()).isEqualTo("host/a");
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void aServiceWithAThousandReplicas() {
    for (int i = 0; i < 1_000; i++) {
      watch.resource(resource("endpoint/e" + i, "host/h" + i % 50, "shop", Tier.CORE));
    }
    for (int i = 0; i < 1_000; i++) {
      watch.alert(down("endpoint/e" + i, 0).setService("shop"));
    }
    assertThat(watch.only().getSummary()).startsWith("1000 of 1000 of service shop");
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void tenThousandThatHaveNothingToDoWithEachOther() {
    for (int i = 0; i < 10_000; i++) {
      watch.alert(down("endpoint/e" + i, 0));
    }
    assertThat(watch.open()).hasSize(10_000);
  }
}
