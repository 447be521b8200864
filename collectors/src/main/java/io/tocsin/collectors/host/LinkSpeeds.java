package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What /sys/class/net/&lt;interface&gt;/speed says. Asking takes the kernel's network lock and
 * makes some drivers talk to the hardware, so it is done once a minute and not at every tick.
 */
final class LinkSpeeds implements Function<String, Long> {

  private static final Duration AGE = Duration.ofMinutes(1);
  private static final long BYTES_PER_MEGABIT = 125_000;
  private static final long NO_LONGER_PLAUSIBLE = 100_000_000;

  private final ProcFiles sys;
  private final Clock clock;
  private final Map<String, Long> known = new HashMap<>();
  private Instant readAt = Instant.MIN;

  LinkSpeeds(ProcFiles sys, Clock clock) {
    this.sys = sys;
    this.clock = clock;
  }

  /** Bytes per second; null for a link that is down or has no speed, as virtual ones. */
  @Override
  public Long apply(String link) {
    Instant now = clock.instant();
    if (now.isBefore(readAt) || now.isAfter(readAt.plus(AGE))) {
      known.clear();
      readAt = now;
    }
    if (!known.containsKey(link)) {
      known.put(link, read(link));
    }
    return known.get(link);
  }

  private Long read(String link) {
    try {
      ProcText speed = sys.read("class/net/" + link + "/speed");
      if (!speed.nextLine()) {
        return null;
      }
      long megabits = speed.number("speed");
      boolean plausible = megabits > 0 && megabits < NO_LONGER_PLAUSIBLE;
      return plausible ? megabits * BYTES_PER_MEGABIT : null;
    } catch (CollectorException noSpeed) {
      // "Invalid argument" and -1 are how the kernel says that there is none.
      return null;
    }
  }
}
