package io.tocsin.cli;

import io.tocsin.streams.topology.TopologyMap;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints what the streams are made of. Needs nothing running. */
@Command(
    name = "topology",
    description = "Prints the streams' topology: what reads, computes, keeps and writes what.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tocsin topology",
      "  tocsin topology --dot | dot -Tsvg > topology.svg",
      "  tocsin topology --json"
    })
final class TopologyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Option(names = "--dot", description = "Print it for Graphviz.")
  private boolean dot;

  @Override
  public Integer call() {
    if (dot && json.wanted()) {
      throw new ParameterException(spec.commandLine(), "--dot or --json, not both");
    }
    TopologyMap map = TopologyMap.ofStage(Clock.systemUTC());
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      out.println(Json.text(map));
    } else {
      out.print(dot ? map.dot() : map.text());
    }
    out.flush();
    return 0;
  }
}
