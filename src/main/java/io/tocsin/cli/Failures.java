package io.tocsin.cli;

import io.tocsin.embedded.PartFailure;
import io.tocsin.embedded.PreflightFailure;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Turns what a command throws into lines for the user; the stack trace goes to the log file. */
final class Failures implements IExecutionExceptionHandler {

  /** Runs a command so that a class that is missing or memory that is used up is told, too. */
  static final class OfTheProgram implements IExecutionStrategy {

    private final IExecutionStrategy last = new RunLast();

    @Override
    public int execute(ParseResult arguments) {
      try {
        return last.execute(arguments);
      } catch (Error broken) { // picocli would let it pass, and say nothing
        throw new ExecutionException(
            arguments.commandSpec().commandLine(),
            broken.toString(),
            new IllegalStateException(broken.toString(), broken));
      }
    }
  }

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
      Throwable cause = failure.getCause() instanceof Error broken ? broken : failure;
      lines = "unexpected: " + cause + "; logs/tocsin.log in the data directory has the details";
    }
    lines.lines().forEach(line -> command.getErr().println("tocsin: " + line));
    return exitCode;
  }
}
