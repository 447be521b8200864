package io.tocsin.collectors.vm;

import com.sun.jna.Pointer;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;

/**
 * The last error of the calling thread (<a
 * href="https://libvirt.org/html/libvirt-virterror.html#virError">virError</a>).
 *
 * @param code one of virErrorNumber
 * @param message in words
 */
record LibvirtError(int code, String message) {

  private static final int NO_SUPPORT = 3;
  private static final int INVALID_ARGUMENT = 8;
  private static final int OPERATION_DENIED = 29;
  private static final int NO_DOMAIN = 42;
  private static final int AUTHENTICATION_FAILED = 45;
  private static final int OPERATION_INVALID = 55;
  private static final int ARGUMENT_UNSUPPORTED = 74;
  private static final int ACCESS_DENIED = 88;
  private static final int LONGEST = 500;

  /** Of the thread's last call, which must have failed. */
  static LibvirtError last() {
    Pointer error = LibvirtLibrary.virGetLastError();
    if (error == null) {
      return new LibvirtError(0, "libvirt gives no reason");
    }
    // struct { int code; int domain; char *message; ... }
    Pointer message = error.getPointer(8);
    return new LibvirtError(
        error.getInt(0),
        message == null
            ? "libvirt gives no reason"
            : Text.clean(message.getString(0, "UTF-8"), LONGEST));
  }

  /** Whether the driver or the daemon does not know what was asked for. */
  boolean unsupported() {
    return code == NO_SUPPORT || code == INVALID_ARGUMENT || code == ARGUMENT_UNSUPPORTED;
  }

  /** Whether that cannot be asked of a domain in its present state, or of any. */
  boolean inapplicable() {
    return unsupported() || code == OPERATION_INVALID;
  }

  private Reason reason() {
    return switch (code) {
      case OPERATION_DENIED, AUTHENTICATION_FAILED, ACCESS_DENIED -> Reason.REFUSED;
      case NO_DOMAIN -> Reason.MISSING;
      default -> {
        if (message.contains("Permission denied")) {
          yield Reason.REFUSED;
        }
        yield message.contains("No such file") ? Reason.MISSING : Reason.UNREADABLE;
      }
    };
  }

  CollectorException at(String where, String advice) {
    return new CollectorException(reason(), where, message + advice);
  }
}
