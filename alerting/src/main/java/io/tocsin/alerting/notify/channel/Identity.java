package io.tocsin.alerting.notify.channel;

import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.NotificationKind;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What receivers tell incidents and messages apart by. */
public final class Identity {

  /** What every receiver takes as a key, in headers and paths too. */
  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

  private static final int HASH_BYTES = 16;

  private Identity() {}

  /** The key itself where every receiver takes it, else a hash of it (SHA-256, 128 bits). */
  public static String key(String key) {
    return SIMPLE.matcher(key).matches() ? key : hash(key);
  }

  /** A hash in hexadecimal digits: SHA-256, its first 128 bits. */
  public static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** What a message asks of a receiver that keeps alerts of its own. */
  public enum Step {
    /** Open it, or say more of it. */
    TRIGGER,
    /** Somebody has taken it. */
    ACKNOWLEDGE,
    /** It is over. */
    RESOLVE
  }

  /**
   * What to ask for. A reminder of an incident that somebody has taken says so rather than opening
   * it again; what is new or worse opens it whoever has taken it.
   */
  public static Step step(Message message) {
    NotificationKind kind = message.notification().getKind();
    if (kind == NotificationKind.RESOLVED) {
      return Step.RESOLVE;
    }
    boolean isTaken =
        message
            .incident()
            .map(Incident::getState)
            .filter(IncidentState.ACKNOWLEDGED::equals)
            .isPresent();
    boolean isNews =
        kind == NotificationKind.PAGE
            || kind == NotificationKind.RAISED
            || kind == NotificationKind.ESCALATION;
    return isTaken && !isNews ? Step.ACKNOWLEDGE : Step.TRIGGER;
  }
}
