package io.tocsin.alerting.healing;

import io.tocsin.schemas.HealResult;
import java.util.concurrent.CompletableFuture;

/** Where results are kept. Thread-safe; results of one target keep their order. */
@FunctionalInterface
interface ResultLog {

  /** Adds a result; done when it is safe, failed when nobody knows whether it is. */
  CompletableFuture<?> append(HealResult result);
}
