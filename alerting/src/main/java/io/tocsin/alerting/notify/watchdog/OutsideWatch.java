package io.tocsin.alerting.notify.watchdog;

import io.tocsin.alerting.notify.channel.Channel;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.channel.SendAnswer;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Waits for signs of life somewhere else, and tells people through channels of its own when they
 * stop, and when they are back. A channel that does not take the message is asked again with each
 * look until it does; of what it has not taken, only the newest is kept.
 *
 * <p>{@link #heard} may be called by any thread; {@link #look} by one.
 */
public final class OutsideWatch {

  private static final String KEY = "tocsin-silent";

  private final Map<String, Channel> channels;
  private final Clock clock;
  private final Consumer<String> log;
  private final Map<String, Message> untold = new LinkedHashMap<>();
  private Vigil vigil;

  /**
   * A watch that begins now.
   *
   * @param channels by name
   * @param silence the alarm is raised when no sign has come for so long
   * @param log told in a line each time something happens
   */
  public OutsideWatch(
      Map<String, Channel> channels, Duration silence, Clock clock, Consumer<String> log) {
    this.channels = new LinkedHashMap<>(channels);
    this.clock = clock;
    this.log = log;
    this.vigil = Vigil.from(clock.instant(), silence);
  }

  /** A sign of life has come. */
  public synchronized void heard() {
    follow(vigil.heard(clock.instant()));
  }

  /**
   * Time has passed; to be called every second or so.
   *
   * @throws InterruptedException if the caller stops waiting for a channel
   */
  public void look() throws InterruptedException {
    Map<String, Message> due;
    synchronized (this) {
      follow(vigil.look(clock.instant()));
      due = new LinkedHashMap<>(untold);
    }
    for (Map.Entry<String, Message> message : due.entrySet()) {
      SendAnswer answer = send(channels.get(message.getKey()), message.getValue());
      if (answer instanceof SendAnswer.Accepted) {
        synchronized (this) {
          untold.remove(message.getKey(), message.getValue());
        }
        log.accept("told through " + message.getKey() + ": " + message.getValue().title());
      } else {
        log.accept(message.getKey() + " did not take the message; trying again: " + answer);
      }
    }
  }

  /** The watch must outlive a channel that breaks its promise. */
  private static SendAnswer send(Channel channel, Message message) throws InterruptedException {
    try {
      return channel.send(message);
    } catch (RuntimeException broken) {
      return new SendAnswer.TryAgain("it failed: " + broken.getClass().getSimpleName(), null);
    }
  }

  /** Since when it is silent, once people are to be told; empty while all is well. */
  public synchronized Optional<Instant> silentSince() {
    return vigil.silentSince();
  }

  private void follow(Vigil.Next next) {
    vigil = next.vigil();
    if (next.step() instanceof Vigil.Step.Raise raise) {
      tell(
          NotificationKind.PAGE,
          "P0: Tocsin is silent",
          "No sign of life has come for "
              + raise.silentFor().toSeconds()
              + " s. Its collectors, Kafka, Streams, Flink or notifier have stopped, or cannot be"
              + " reached from there. Until it is back, nobody is told of anything else.");
    } else if (next.step() instanceof Vigil.Step.Clear clear) {
      tell(
          NotificationKind.RESOLVED,
          "Tocsin is back",
          "Signs of life come again, after " + clear.wasSilentFor().toSeconds() + " s of silence.");
    }
  }

  private void tell(NotificationKind kind, String title, String body) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Notification notification =
        Notification.newBuilder()
            .setId(KEY + "-" + kind + "-" + now.toEpochMilli())
            .setIncidentId(KEY)
            .setIncidentVersion(1)
            .setKind(kind)
            .setPriority(Priority.P0)
            .setAt(now)
            .setEventAt(now)
            .setSummary(title)
            .setReason(body)
            .build();
    Message message =
        new Message(KEY, notification, Optional.empty(), title, body, null, null, now);
    log.accept(title + ": " + body);
    channels.keySet().forEach(name -> untold.put(name, message));
  }
}
