package io.tocsin.alerting.incidents;

import static io.tocsin.alerting.incidents.Watch.down;
import static io.tocsin.alerting.incidents.Watch.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Tier;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A storm of alerts must not take so long that the next page waits for it. */
@Timeout(600)
class StormTest {

  private static final Duration MOST_WORK = Duration.ofSeconds(120);

  private final Watch watch = new Watch();
  private final Duration before = worked();

  /** By this thread, in which 1 to 8 s are usual: how long a machine lets it wait is not asked. */
  private static Duration worked() {
    return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  @AfterEach
  void tookNoLongerThanItMay() {
    assertThat(worked().minus(before)).isLessThan(MOST_WORK);
  }

  @Test
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
  void tenThousandThatHaveNothingToDoWithEachOther() {
    for (int i = 0; i < 10_000; i++) {
      watch.alert(down("endpoint/e" + i, 0));
    }
    assertThat(watch.open()).hasSize(10_000);
  }
}
