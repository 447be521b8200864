package io.tocsin.cli;

import io.tocsin.collectors.echo.EchoConfig;
import io.tocsin.collectors.echo.EchoCounters;
import io.tocsin.collectors.echo.EchoServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the echo responder, the far end of a network path. */
@Command(
    name = "echo",
    description = "Answers the probes of a network path until Ctrl-C.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by the user",
      "3:the address or a limit cannot be used",
      "14:a port cannot be had"
    },
    footer = {
      "",
      "Examples:",
      "  tocsin echo                     TCP and UDP port 18862 on 127.0.0.1",
      "  tocsin echo --bind 0.0.0.0      on all addresses"
    })
final class EchoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "Listen here. Default: 127.0.0.1, where only this machine reaches it.")
  private String bind;

  @Option(names = "--tcp-port", paramLabel = "PORT", description = "Default: 18862.")
  private Integer tcpPort;

  @Option(names = "--udp-port", paramLabel = "PORT", description = "Default: 18862.")
  private Integer udpPort;

  @Option(
      names = "--max-connections",
      paramLabel = "NUMBER",
      description = "Connections at a time. Default: 64.")
  private Integer maxConnections;

  @Option(
      names = "--datagrams-per-second",
      paramLabel = "NUMBER",
      description = "Answered to one address. Default: 1000.")
  private Integer datagramsPerSecond;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    EchoConfig config = config();
    try (EchoServer server = EchoServer.start(config)) {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> report(server.counters(), out), "tocsin-stop"));
      out.printf(
          "echo: listening at %s, tcp %d, udp %d; Ctrl-C stops%n",
          config.bind(), server.tcpPort(), server.udpPort());
      out.flush();
      server.join();
      return 1;
    } catch (IOException taken) {
      throw new CommandFailure(14, taken.getMessage() + "; choose another port", taken);
    }
  }

  private EchoConfig config() throws CommandFailure {
    try {
      return new EchoConfig(bind, tcpPort, udpPort, maxConnections, null, null, datagramsPerSecond);
    } catch (IllegalArgumentException refused) {
      throw new CommandFailure(CommandFailure.BAD_CONFIGURATION, refused.getMessage(), refused);
    }
  }

  private static void report(EchoCounters did, PrintWriter out) {
    out.printf(
        "echo: stopped; connections: %d accepted, %d refused, %d idle, %d broken; %d bytes;"
            + " datagrams: %d answered, %d foreign, %d too long, %d too many, %d unsent%n",
        did.accepted(),
        did.refused(),
        did.idle(),
        did.broken(),
        did.bytes(),
        did.datagrams(),
        did.foreign(),
        did.tooLong(),
        did.tooMany(),
        did.unsent());
    out.flush();
    Runtime.getRuntime().halt(0); // a stop that was asked for is no failure
  }
}
