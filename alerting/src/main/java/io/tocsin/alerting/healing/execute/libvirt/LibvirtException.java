package io.tocsin.alerting.healing.execute.libvirt;

import com.sun.jna.Pointer;
import io.tocsin.alerting.healing.execute.PlainText;

/**
 * libvirt refused or failed; the message is for people (<a
 * href="https://libvirt.org/html/libvirt-virterror.html#virError">virError</a>).
 */
final class LibvirtException extends Exception {

  private static final int NO_SUPPORT = 3;
  private static final int OPERATION_DENIED = 29;
  private static final int AUTHENTICATION_FAILED = 45;
  private static final int OPERATION_INVALID = 55;
  private static final int ACCESS_DENIED = 88;
  private static final int LONGEST = 220;

  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * A failure.
   *
   * @param code one of virErrorNumber; 0 if that is not what is wrong
   */
  LibvirtException(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** Of the thread's last call, which must have failed. */
  static LibvirtException last(String what) {
    Pointer error = LibvirtLibrary.virGetLastError();
    if (error == null) {
      return new LibvirtException(0, what + ": libvirt gives no reason");
    }
    // struct { int code; int domain; char *message; ... }
    Pointer message = error.getPointer(8);
    int code = error.getInt(0);
    String words = message == null ? "libvirt gives no reason" : message.getString(0, "UTF-8");
    return new LibvirtException(code, what + ": " + PlainText.head(words, LONGEST) + advice(code));
  }

  private static String advice(int code) {
    return switch (code) {
      case OPERATION_DENIED, AUTHENTICATION_FAILED, ACCESS_DENIED ->
          "; the responder's user may not do that";
      default -> "";
    };
  }

  /** Whether the driver does not know what was asked for, or not for a domain in this state. */
  boolean isInapplicable() {
    return code == NO_SUPPORT || code == OPERATION_INVALID;
  }
}
