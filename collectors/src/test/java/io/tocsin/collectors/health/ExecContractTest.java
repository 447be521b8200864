package io.tocsin.collectors.health;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorContract;
import java.time.Duration;
import java.util.List;

/** A check that needs no network is a collector like any other. */
class ExecContractTest extends CollectorContract {

  @Override
  protected Collector healthy() {
    return running("exit 0");
  }

  @Override
  protected Collector troubled() {
    return running("exec sleep 600");
  }

  private static Collector running(String script) {
    Target target = new Target.Exec(List.of("/bin/sh", "-c", script), null, null);
    Duration interval = Duration.ofMillis(400);
    return OnePass.collector(new HealthCheck("job", null, null, target, interval, null, 0, null));
  }
}
