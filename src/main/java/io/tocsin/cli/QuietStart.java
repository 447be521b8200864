package io.tocsin.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * How logging begins: off, because the terminal belongs to the user, until {@link Logging} knows
 * where the files are. Tests bring a file of their own. Found by logback as a service.
 */
public final class QuietStart extends ContextAwareBase implements Configurator {

  /** Called by logback. */
  public QuietStart() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (QuietStart.class.getResource("/logback-test.xml") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
