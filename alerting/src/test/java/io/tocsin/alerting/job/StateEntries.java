package io.tocsin.alerting.job;

import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/** How much an operator keeps on the heap: keys, once for each state they have something in. */
final class StateEntries {

  private StateEntries() {}

  static int of(AbstractStreamOperator<?> operator) {
    return ((HeapKeyedStateBackend<?>) operator.getKeyedStateBackend()).numKeyValueStateEntries();
  }
}
