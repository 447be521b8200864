package io.tocsin.collectors.host;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorContract;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;

class HostCollectorContractTest extends CollectorContract {

  @Override
  protected Collector healthy() throws URISyntaxException {
    return over("64-cores");
  }

  @Override
  protected Collector troubled() throws URISyntaxException {
    return over("cut-short");
  }

  private static Collector over(String machine) throws URISyntaxException {
    Path folder = Path.of(HostCollectorContractTest.class.getResource(machine).toURI());
    return new HostCollector(
        new HostConfig(null, null, null, null, folder.resolve("proc"), folder.resolve("sys")),
        Clock.systemUTC(),
        problem -> new FakeFilesystems());
  }
}
