package io.tocsin.alerting.notify.channel;

import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.schemas.secret.SecretRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The secrets that one sending uses: read anew for it, and kept out of what is said of it. A
 * receiver may repeat in its answer what it was sent.
 */
public final class Secrets {

  /** A run of this many characters of a secret is taken for the secret; ours. */
  private static final int WINDOW = 8;

  private static final int EXCERPT = 200;

  private final List<String> values = new ArrayList<>();
  private final List<String> places = new ArrayList<>();

  /**
   * Reads one.
   *
   * @throws UnreadableSecretException naming the place
   */
  public String read(SecretRef reference) throws UnreadableSecretException {
    try {
      String value = reference.read();
      values.add(value.toLowerCase(Locale.ROOT));
      places.add(reference.toString());
      return value;
    } catch (IOException unreadable) {
      throw new UnreadableSecretException(
          "the secret in %s cannot be read (%s): it must be there, not empty, and readable"
              .formatted(reference, unreadable.getClass().getSimpleName()));
    }
  }

  /** Where those that were read stand, for people. */
  public String places() {
    return String.join(" and ", places);
  }

  /**
   * The beginning of what a receiver says, as one plain line with a colon before it; empty if it
   * says nothing, and only a remark if it repeats a part of a secret.
   */
  public String quote(String said) {
    String line = PlainText.head(said == null ? "" : said, EXCERPT);
    if (line.isEmpty()) {
      return "";
    }
    String lower = line.toLowerCase(Locale.ROOT);
    return values.stream().anyMatch(value -> repeats(lower, value))
        ? ": (what it says is left out, as it repeats a secret)"
        : ": " + line;
  }

  private static boolean repeats(String said, String secret) {
    int window = Math.min(WINDOW, secret.length());
    for (int from = 0; from + window <= secret.length(); from++) {
      if (said.contains(secret.substring(from, from + window))) {
        return true;
      }
    }
    return false;
  }
}
