package io.tocsin.alerting.notify.channel;

/**
 * Text cut to what a receiver takes, so that what is left is still well formed: no half of a
 * surrogate pair, and no half of an escape such as {@code &amp;}.
 */
public final class BoundedText {

  /** No escape that is written here is longer than {@code &quot;}. */
  private static final int LONGEST_ESCAPE = 6;

  private BoundedText() {}

  /**
   * Its first {@code most} characters, the last of which is an ellipsis where something is left
   * out.
   *
   * @param most at least 1
   */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    int escape = text.lastIndexOf('&', end - 1);
    if (escape >= 0 && end - escape < LONGEST_ESCAPE && text.indexOf(';', escape) >= end) {
      end = escape;
    }
    return text.substring(0, end) + "…";
  }
}
