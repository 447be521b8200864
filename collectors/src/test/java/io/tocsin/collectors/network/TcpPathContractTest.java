package io.tocsin.collectors.network;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorContract;
import io.tocsin.collectors.echo.EchoConfig;
import io.tocsin.collectors.echo.EchoServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class TcpPathContractTest extends CollectorContract {

  private EchoServer server;

  /** Connections get into its queue and no further. */
  private ServerSocket silent;

  @BeforeEach
  void serve() throws IOException {
    server = EchoServer.start(new EchoConfig(null, 0, 0, null, null, null, null));
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    silent.close();
  }

  @Override
  protected Collector healthy() {
    return Paths.collector(new TcpTarget("127.0.0.1", server.tcpPort(), true, 3, null, null));
  }

  @Override
  protected Collector troubled() {
    return Paths.impatient(new TcpTarget("127.0.0.1", silent.getLocalPort(), true, 3, null, null));
  }
}
