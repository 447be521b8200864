package io.tocsin.alerting.healing.execute.libvirt;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;

/**
 * The functions of libvirt's C library that are used (<a
 * href="https://libvirt.org/html/libvirt-libvirt-domain.html">reference</a>). The library is loaded
 * when it is first needed; a machine without it can still load this class. No event loop is run and
 * no connection shared: with them the client of libvirt 9.0 was seen to crash the process
 * (CVE-2024-4418).
 */
final class LibvirtLibrary {

  static final int LIVE = 1;
  static final int CONFIG = 2;

  /** VIR_DOMAIN_VCPU_MAXIMUM. */
  static final int MAXIMUM = 4;

  /** VIR_MIGRATE_LIVE, _PEER2PEER, _PERSIST_DEST, _UNDEFINE_SOURCE. */
  static final int MIGRATE_LIVE = 1;

  static final int MIGRATE_PEER2PEER = 1 << 1;
  static final int MIGRATE_PERSIST_DEST = 1 << 3;
  static final int MIGRATE_UNDEFINE_SOURCE = 1 << 4;

  private static final String FILE = "libvirt.so.0";

  /** Held for ever, since the library holds it too. */
  private static final Quiet QUIET = (user, error) -> {};

  private static boolean loaded;

  /** Receives every error, which the library would print otherwise. */
  interface Quiet extends Callback {
    void invoke(Pointer user, Pointer error);
  }

  private LibvirtLibrary() {}

  /**
   * Makes the functions usable.
   *
   * @throws LibvirtException if the library is not installed
   */
  static synchronized void load() throws LibvirtException {
    if (loaded) {
      return;
    }
    if (Native.POINTER_SIZE != Long.BYTES) {
      throw new LibvirtException(0, "libvirt is used on 64-bit machines only");
    }
    try {
      Native.register(LibvirtLibrary.class, NativeLibrary.getInstance(FILE));
    } catch (LinkageError notThere) {
      throw new LibvirtException(
          0,
          "libvirt's client library cannot be loaded: install libvirt0 (Debian) or libvirt-libs"
              + " (Red Hat)");
    }
    virSetErrorFunc(null, QUIET);
    loaded = true;
  }

  static native void virSetErrorFunc(Pointer user, Quiet handler);

  static native Pointer virGetLastError();

  static native Pointer virConnectOpen(String uri);

  static native int virConnectClose(Pointer connection);

  static native Pointer virDomainLookupByName(Pointer connection, String name);

  static native int virDomainFree(Pointer domain);

  static native int virDomainGetState(
      Pointer domain, IntByReference state, IntByReference reason, int flags);

  static native int virDomainGetJobInfo(Pointer domain, byte[] info);

  static native int virDomainGetInfo(Pointer domain, byte[] info);

  static native int virDomainIsPersistent(Pointer domain);

  static native int virDomainCreate(Pointer domain);

  static native int virDomainReboot(Pointer domain, int flags);

  static native int virDomainReset(Pointer domain, int flags);

  static native int virDomainGetVcpusFlags(Pointer domain, int flags);

  static native int virDomainSetVcpusFlags(Pointer domain, int vcpus, int flags);

  static native int virDomainSetMemoryFlags(Pointer domain, long kibibytes, int flags);

  static native int virDomainMigrateToURI(
      Pointer domain, String uri, long flags, String name, long bandwidth);
}
