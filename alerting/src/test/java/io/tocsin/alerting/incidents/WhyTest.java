package io.tocsin.alerting.incidents;

import static io.tocsin.alerting.incidents.Watch.down;
import static io.tocsin.alerting.incidents.Watch.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Tier;
import org.junit.jupiter.api.Test;

class WhyTest {

  @Test
  void itNamesTheOneReasonTheCauseWhatJoinedAndWhatChanged() {
    Watch watch = new Watch();
    watch
        .resource(resource("endpoint/shop", "host/a", "shop", Tier.NON_CORE))
        .alert(down("endpoint/shop", 0))
        .alert(down("host/a", 5));
    Why why = Why.of(watch.only(), watch.events(), watch.book().graph());
    assertThat(why.decided())
        .isEqualTo("opened at 2026-01-01T12:00:00Z: endpoint/shop fails availability");
    assertThat(why.cause()).isEqualTo("availability of host/a FIRING since 2026-01-01T12:00:05Z");
    assertThat(why.joined())
        .containsExactly(
            "availability of endpoint/shop FIRING since 2026-01-01T12:00:00Z, as it runs on"
                + " host/a, which is unavailable");
    assertThat(why.changes().get(0))
        .isEqualTo(
            "2026-01-01T12:00:05Z CAUSE_CHANGED: host/a explains it: host/a fails availability");
    assertThat(why.priority()).startsWith("P2: non-core function affected");
  }
}
