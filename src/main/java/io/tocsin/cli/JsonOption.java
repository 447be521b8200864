package io.tocsin.cli;

import picocli.CommandLine.Option;

/** {@code --json}, the same in every command that prints figures. */
final class JsonOption {

  @Option(names = "--json", description = "Print JSON for scripts.")
  private boolean json;

  boolean wanted() {
    return json;
  }
}
