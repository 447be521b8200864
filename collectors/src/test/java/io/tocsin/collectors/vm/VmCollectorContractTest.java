package io.tocsin.collectors.vm;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorContract;
import java.time.Clock;

class VmCollectorContractTest extends CollectorContract {

  @Override
  protected Collector healthy() throws Exception {
    FakeHypervisor hypervisor = new FakeHypervisor();
    hypervisor.put("db-1", 1, FakeHypervisor.running(5_000));
    hypervisor.put("Web 2", 2, FakeHypervisor.running(7_000));
    VmCollector collector = over(hypervisor);
    collector.open();
    // Which domains there are is known from the first pass on.
    collector.collect();
    return collector;
  }

  @Override
  protected Collector troubled() {
    FakeHypervisor hypervisor = new FakeHypervisor();
    hypervisor.hangAll();
    return over(hypervisor);
  }

  private static VmCollector over(Hypervisor hypervisor) {
    return new VmCollector(VmConfig.DEFAULT, hypervisor, Clock.systemUTC(), System::nanoTime);
  }
}
