package io.tocsin.collectors.vm;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorContract;
import java.time.Clock;
import java.time.Duration;

class VmCollectorContractTest extends CollectorContract {

  @Override
  protected Collector healthy() throws Exception {
    FakeHypervisor hypervisor = new FakeHypervisor();
    hypervisor.put("db-1", 1, FakeHypervisor.running(5_000));
    hypervisor.put("Web 2", 2, FakeHypervisor.running(7_000));
    // A busy machine may take longer than the default allows.
    VmConfig patient = new VmConfig(null, Duration.ofSeconds(30), null, null, null, null, null);
    VmCollector collector = over(hypervisor, patient);
    collector.open();
    // Which domains there are is known from the first pass on.
    collector.collect();
    return collector;
  }

  @Override
  protected Collector troubled() {
    FakeHypervisor hypervisor = new FakeHypervisor();
    hypervisor.hangAll();
    return over(hypervisor, VmConfig.DEFAULT);
  }

  private static VmCollector over(Hypervisor hypervisor, VmConfig config) {
    return new VmCollector(config, hypervisor, Clock.systemUTC(), System::nanoTime);
  }
}
