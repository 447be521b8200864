package io.tocsin.collectors.vm;

import io.tocsin.collectors.Problem;
import java.util.List;

/** What came of asking a hypervisor. */
sealed interface Answer {

  /** Everything, though a domain that hangs lacks what only itself could tell. */
  record Everything(List<DomainStats> domains) implements Answer {}

  /** Only what the daemon knows by itself; why there is no more. */
  record StatesOnly(List<DomainStats> domains, Problem why) implements Answer {}

  /** Nothing in time. */
  record Silence(Problem why) implements Answer {}

  /** The connection is gone. */
  record Lost(Problem why) implements Answer {}
}
