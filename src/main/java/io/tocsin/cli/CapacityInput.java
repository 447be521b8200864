package io.tocsin.cli;

import io.tocsin.alerting.glob.Glob;
import io.tocsin.capacity.CapacityException;
import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.capacity.choice.Matrix;
import io.tocsin.capacity.choice.MatrixReader;
import io.tocsin.capacity.cost.PriceBook;
import io.tocsin.capacity.cost.PriceBookReader;
import io.tocsin.capacity.source.TraceFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What questions about capacity are asked of: {@code --trace}, or a running installation. */
final class CapacityInput {

  @Option(
      names = "--trace",
      paramLabel = "DIR",
      description = "Read tables in this directory instead of the history of an installation.")
  private Path trace;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "What the tables' columns mean; without it, those of GWA-T-12 Bitbrains.")
  private Path mapping;

  @Option(
      names = "--resource",
      paramLabel = "GLOB",
      defaultValue = "*",
      description = "Only resources whose id matches (default: ${DEFAULT-VALUE}).")
  private String resource;

  /**
   * Reads the fleet.
   *
   * @throws CommandFailure if it cannot be read, or nothing matches
   */
  Fleet fleet() throws CommandFailure {
    if (trace == null) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, "say what to look at: give --trace DIR");
    }
    try {
      return matching(TraceFleet.read(trace, mapping));
    } catch (CapacityException bad) {
      throw failure(bad);
    }
  }

  private Fleet matching(Fleet fleet) throws CommandFailure {
    Glob glob = new Glob(resource);
    List<ResourceSeries> some =
        fleet.resources().stream().filter(series -> glob.matches(series.id())).toList();
    if (some.isEmpty()) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION,
          "--resource: none of "
              + fleet.resources().size()
              + " resources matches "
              + Terminal.plain(resource)
              + "; one of them is "
              + Terminal.plain(fleet.resources().get(0).id()));
    }
    return new Fleet(fleet.origin(), some, fleet.rejected());
  }

  /** Reads a price book. */
  static PriceBook prices(Path file) throws CommandFailure {
    try {
      return PriceBookReader.read(file.toString(), text(file));
    } catch (CapacityException bad) {
      throw failure(bad);
    }
  }

  /** Reads a decision matrix; the shipped one if none is named. */
  static Matrix matrix(Path file) throws CommandFailure {
    try {
      return file == null ? MatrixReader.shipped() : MatrixReader.read(file.toString(), text(file));
    } catch (CapacityException bad) {
      throw failure(bad);
    }
  }

  private static String text(Path file) throws CommandFailure {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, file + ": cannot be read: " + unreadable, unreadable);
    }
  }

  private static CommandFailure failure(CapacityException bad) {
    return new CommandFailure(
        CommandFailure.BAD_CONFIGURATION, Terminal.lines(bad.problems()), bad);
  }
}
