package io.tocsin.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sends the engines' logs to files. Before that nothing is logged at all. */
final class Logging {

  private Logging() {}

  /**
   * From now on everything, also what a thread dies of, goes to a file per engine in a directory.
   */
  static void toFiles(Path directory) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.putProperty("tocsin.logs", directory.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(Logging.class.getResource("logback-files.xml"));
    } catch (JoranException broken) {
      throw new IllegalStateException("logback-files.xml is broken", broken);
    }
    ConsoleLog.beside(context);
    takeTheRest();
  }

  /** From now on everything goes to {@code agent.log} in a directory, 16 MB four times at most. */
  static void ofAgent(Path directory) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    AgentLog.configure(context, directory);
    ConsoleLog.beside(context);
    takeTheRest();
  }

  private static void takeTheRest() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    // A thread that dies would print its stack trace on the terminal.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, death) ->
            LoggerFactory.getLogger(Logging.class).error("{} died", thread.getName(), death));
  }
}
