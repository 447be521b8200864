package io.tocsin.collectors.vm;

/** Text that came from a hypervisor or a guest, fit to be shown. */
final class Text {

  private Text() {}

  /** One line of at most {@code longest} characters; control characters become blanks. */
  static String clean(String text, int longest) {
    int length = Math.min(text.length(), longest);
    for (int i = 0; i < length; i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return text.substring(0, length).replaceAll("\\p{Cntrl}", " ").strip();
      }
    }
    return length < text.length() ? text.substring(0, length) : text;
  }
}
