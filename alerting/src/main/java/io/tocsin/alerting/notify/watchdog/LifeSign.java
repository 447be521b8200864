package io.tocsin.alerting.notify.watchdog;

import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.schemas.Beat;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is sent while everything works. */
public final class LifeSign {

  /** Under what receivers tell repeated signs by. */
  public static final String KEY = "tocsin-watchdog";

  private LifeSign() {}

  /**
   * Whether a beat says that things work now: it has to have been judged since the sign before, or
   * within one interval.
   *
   * @param beat the newest; empty if none was seen
   */
  public static boolean isAlive(Optional<Beat> beat, Duration every, Instant now) {
    return beat.filter(newest -> newest.getJudgedAt().isAfter(now.minus(every))).isPresent();
  }

  /**
   * The sign, with how long each hop took, in milliseconds.
   *
   * @param auditHead newest link of the audit's chain, kept outside with each sign; null if unknown
   */
  public static Message of(Beat beat, String auditHead, Instant now) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("resource", beat.getResourceId());
    labels.put("sample_to_window_ms", ms(beat.getSampledAt(), beat.getWindowAt()));
    labels.put("window_to_alerting_ms", ms(beat.getWindowAt(), beat.getJudgedAt()));
    labels.put("alerting_to_notifier_ms", ms(beat.getJudgedAt(), now));
    if (auditHead != null) {
      labels.put("audit_head", auditHead);
    }
    String text = "Tocsin is alive: a sample of " + beat.getSampledAt() + " has come all the way";
    Notification notification =
        Notification.newBuilder()
            .setId(KEY + "-" + beat.getJudgedAt().toEpochMilli())
            .setIncidentId(KEY)
            .setIncidentVersion(1)
            .setKind(NotificationKind.ALIVE)
            .setPriority(Priority.P3)
            .setAt(now)
            .setEventAt(beat.getSampledAt())
            .setSummary(text)
            .setReason("silence is the alarm")
            .setLabels(labels)
            .build();
    return new Message(
        KEY, notification, Optional.empty(), "Tocsin is alive", text, null, null, now);
  }

  private static String ms(Instant from, Instant to) {
    return Long.toString(Math.max(0, Duration.between(from, to).toMillis()));
  }
}
