package io.tocsin.cli;

import io.tocsin.history.board.Boards;
import io.tocsin.history.board.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the boards for Grafana. */
@Command(
    name = "boards",
    description = "Writes the boards for Grafana, one JSON file each.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "8:the directory cannot be used"},
    footer = {
      "",
      "Examples:",
      "  tocsin boards /etc/grafana/tocsin",
      "  tocsin boards /etc/grafana/tocsin --store influxdb",
      "",
      "Grafana asks the store of tocsin up as tocsin_reader, who may not write; the password",
      "is in data/secrets/questdb-reader."
    })
final class BoardsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Where to; made if it is not there.")
  private Path directory;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "questdb",
      description = "What Grafana reads from: questdb, influxdb (2 and 3) or influxdb1 (1.x).")
  private Store store;

  @Override
  public Integer call() throws CommandFailure {
    try {
      int boards = Boards.write(store, directory);
      spec.commandLine().getOut().println(boards + " boards are in " + directory);
      return 0;
    } catch (IOException unusable) {
      throw new CommandFailure(
          CommandFailure.REFUSED,
          "the boards cannot be written to " + directory + ": " + unusable.getMessage(),
          unusable);
    }
  }
}
