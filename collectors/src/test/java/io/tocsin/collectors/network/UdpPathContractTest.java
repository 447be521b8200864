package io.tocsin.collectors.network;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorContract;
import io.tocsin.collectors.echo.EchoConfig;
import io.tocsin.collectors.echo.EchoServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class UdpPathContractTest extends CollectorContract {

  private EchoServer server;
  private DatagramSocket silent;

  @BeforeEach
  void serve() throws IOException {
    server = EchoServer.start(new EchoConfig(null, 0, 0, null, null, null, null));
    silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() {
    server.close();
    silent.close();
  }

  @Override
  protected Collector healthy() {
    return Paths.collector(new UdpTarget("127.0.0.1", server.udpPort(), 3, null, null));
  }

  @Override
  protected Collector troubled() {
    return Paths.impatient(new UdpTarget("127.0.0.1", silent.getLocalPort(), 3, null, null));
  }
}
