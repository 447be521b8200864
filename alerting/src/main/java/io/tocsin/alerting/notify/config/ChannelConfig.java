package io.tocsin.alerting.notify.config;

import io.tocsin.alerting.notify.channel.ChannelSpec;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A channel that routes may name.
 *
 * @param name what routes call it
 * @param via where its messages go
 * @param budget how many messages it takes; P0 does not count
 * @param fallback name of the channel that takes over a P0 which this one's receiver has not got in
 *     time; null for none
 * @param fallbackAfter how long that is, default 60 s
 * @param title template of the title; null for the usual one
 * @param body template of the body; null for the usual one
 * @param resolves whether it tells that an incident is over; default true
 */
public record ChannelConfig(
    String name,
    ChannelSpec via,
    Budget budget,
    String fallback,
    Duration fallbackAfter,
    String title,
    String body,
    Boolean resolves) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /**
   * Fills in the defaults.
   *
   * @throws IllegalArgumentException naming the channel and the key that is wrong
   */
  public ChannelConfig {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "channel name '" + name + "' must match " + NAME.pattern());
    }
    if (via == null) {
      throw new IllegalArgumentException("channel '" + name + "': via is missing");
    }
    budget = budget == null ? Budget.DEFAULT : budget;
    fallbackAfter = fallbackAfter == null ? Duration.ofSeconds(60) : fallbackAfter;
    resolves = resolves == null ? Boolean.TRUE : resolves;
  }

  /** A channel with the usual settings. */
  public static ChannelConfig of(String name, ChannelSpec via) {
    return new ChannelConfig(name, via, null, null, null, null, null, null);
  }

  /**
   * How many messages a channel takes; what is beyond that goes out as one digest.
   *
   * @param messages default 30
   * @param within default 10 min
   */
  public record Budget(Integer messages, Duration within) {

    /** Thirty in ten minutes. */
    public static final Budget DEFAULT = new Budget(null, null);

    /**
     * Fills in the defaults.
     *
     * @throws IllegalArgumentException if a figure makes no sense
     */
    public Budget {
      messages = messages == null ? 30 : messages;
      within = within == null ? Duration.ofMinutes(10) : within;
      if (messages < 1 || within.isNegative() || within.isZero()) {
        throw new IllegalArgumentException("budget: messages and within must be more than 0");
      }
    }
  }
}
