package io.tocsin.alerting.healing.execute;

import java.util.regex.Pattern;

/**
 * Foreign text made fit to be shown in a log line or a record: one line, no control, formatting or
 * unassigned characters, bounded in length.
 */
public final class PlainText {

  private static final Pattern NOT_PLAIN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\\s]+");

  private PlainText() {}

  /** Its first {@code most} characters. */
  public static String head(String text, int most) {
    String line = line(text);
    if (line.length() <= most) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(most - 2)) ? most - 2 : most - 1;
    return line.substring(0, end) + "…";
  }

  /** Its last {@code most} characters. */
  public static String tail(String text, int most) {
    String line = line(text);
    if (line.length() <= most) {
      return line;
    }
    int from = line.length() - most + 1;
    return "…" + line.substring(Character.isLowSurrogate(line.charAt(from)) ? from + 1 : from);
  }

  private static String line(String text) {
    return NOT_PLAIN.matcher(text).replaceAll(" ").strip();
  }
}
