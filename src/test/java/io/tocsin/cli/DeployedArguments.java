package io.tocsin.cli;

import java.util.List;

/** Lets tests elsewhere ask whether arguments that stand in files are ones that there are. */
public final class DeployedArguments {

  private DeployedArguments() {}

  /**
   * Reads them as the command line would, and runs nothing.
   *
   * @throws picocli.CommandLine.ParameterException if they cannot be read
   */
  public static void parse(List<String> arguments) {
    Main.commandLine().parseArgs(arguments.toArray(String[]::new));
  }
}
