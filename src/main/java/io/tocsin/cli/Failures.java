package io.tocsin.cli;

import io.tocsin.embedded.PartFailure;
import io.tocsin.embedded.PreflightFailure;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into lines for the user; the stack trace goes to the log file. */
final class Failures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    LoggerFactory.getLogger(Failures.class).error("command failed", failure);
    String lines = failure.getMessage();
    int exitCode = 1;
    if (failure instanceof CommandFailure told) {
      exitCode = told.exitCode();
    } else if (failure instanceof PreflightFailure told) {
      exitCode = told.exitCode().status();
    } else if (failure instanceof PartFailure told) {
      exitCode = told.exitCode().status();
    } else {
      lines = "unexpected: " + failure + "; logs/tocsin.log in the data directory has the details";
    }
    lines.lines().forEach(line -> command.getErr().println("tocsin: " + line));
    return exitCode;
  }
}
