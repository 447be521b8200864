package io.tocsin.collectors.echo;

import java.io.IOException;

/** The responder as a process of its own; arguments: address and port. */
final class EchoServerProcess {

  private EchoServerProcess() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Integer port = Integer.valueOf(arguments[1]);
    try (EchoServer server =
        EchoServer.start(new EchoConfig(arguments[0], port, port, null, null, null, null))) {
      server.join();
    }
  }
}
