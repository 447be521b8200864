package io.tocsin.alerting.healing.execute;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** Looks at what is well, on a machine that may be busy. */
public final class Looks {

  private Looks() {}

  /**
   * What an executor sees. Each look has a limit of 2 s at most, which a machine that is busy may
   * miss; a look that was too late changes nothing and is taken again.
   */
  public static TargetState seen(ActionExecutor executor, Order order) {
    return await()
        .atMost(Duration.ofSeconds(40))
        .pollDelay(Duration.ZERO)
        .until(() -> executor.look(order), state -> !state.words().contains("not seen: "));
  }
}
