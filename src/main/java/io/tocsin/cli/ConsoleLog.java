package io.tocsin.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;

/**
 * With the system property {@code tocsin.logs.stderr=true}, all that goes to the files of the logs
 * goes to standard error too: in a container, that is where logs are looked for, and what a command
 * answers stays apart from it.
 */
final class ConsoleLog {

  private ConsoleLog() {}

  /** Puts it beside whatever files there are. */
  static void beside(LoggerContext context) {
    if (!Boolean.getBoolean("tocsin.logs.stderr")) {
      return;
    }
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(AgentLog.PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(encoder);
    console.setTarget("System.err");
    console.start();
    for (Logger logger : context.getLoggerList()) {
      if (logger.iteratorForAppenders().hasNext()) {
        logger.addAppender(console);
      }
    }
  }
}
