package io.tocsin.alerting.notify.channel.log;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.ChannelContext;
import io.tocsin.alerting.notify.channel.ChannelSpec;
import io.tocsin.alerting.notify.channel.Escaping;

/**
 * The program's own log: needs nothing, and reaches nobody who does not look.
 *
 * @param level default warn
 */
public record LogSpec(Level level) implements ChannelSpec {

  /** How loud a line is. */
  public enum Level {
    /** For information. */
    INFO,
    /** Somebody should look. */
    WARN
  }

  /** Fills in the default. */
  public LogSpec {
    level = level == null ? Level.WARN : level;
  }

  @Override
  public String kind() {
    return "log";
  }

  @Override
  public Escaping escaping() {
    return Escaping.NONE;
  }

  @Override
  public Channel open(ChannelContext context) {
    return new LogChannel(this);
  }
}
