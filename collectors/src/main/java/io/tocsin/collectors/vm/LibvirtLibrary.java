package io.tocsin.collectors.vm;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;

/**
 * The functions of libvirt's C library that are used (<a
 * href="https://libvirt.org/html/index.html">reference</a>). The library is loaded when it is first
 * needed; a machine without it can still load this class.
 */
final class LibvirtLibrary {

  static final int STATS_STATE = 1;
  static final int STATS_CPU_TOTAL = 1 << 1;
  static final int STATS_BALLOON = 1 << 2;
  static final int STATS_VCPU = 1 << 3;
  static final int STATS_INTERFACE = 1 << 4;
  static final int STATS_BLOCK = 1 << 5;

  /** VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT, from libvirt 4.5. */
  static final int NOWAIT = 1 << 29;

  static final int AFFECT_LIVE = 1;

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
   * @throws CollectorException if the library is not installed
   */
  static synchronized void load() throws CollectorException {
    if (loaded) {
      return;
    }
    try {
      Native.register(LibvirtLibrary.class, NativeLibrary.getInstance(FILE));
    } catch (LinkageError notThere) {
      throw new CollectorException(
          Reason.MISSING,
          FILE,
          "libvirt's client library cannot be loaded: install libvirt0 (Debian) or libvirt-libs"
              + " (Red Hat), or leave the vm collector out of the configuration");
    }
    if (Native.POINTER_SIZE != Long.BYTES) {
      throw new CollectorException(Reason.REFUSED, FILE, "only 64-bit machines are supported");
    }
    virSetErrorFunc(null, QUIET);
    loaded = true;
  }

  static native void virSetErrorFunc(Pointer user, Quiet handler);

  static native Pointer virGetLastError();

  static native Pointer virConnectOpen(String uri);

  static native Pointer virConnectOpenReadOnly(String uri);

  static native int virConnectClose(Pointer connection);

  static native int virConnectGetAllDomainStats(
      Pointer connection, int groups, PointerByReference records, int flags);

  static native void virDomainStatsRecordListFree(Pointer records);

  static native int virNodeGetCPUMap(Pointer connection, Pointer map, Pointer online, int flags);

  static native Pointer virDomainLookupByUUIDString(Pointer connection, String uuid);

  static native int virDomainFree(Pointer domain);

  static native Pointer virDomainGetName(Pointer domain);

  static native int virDomainGetUUIDString(Pointer domain, byte[] text);

  static native int virDomainGetID(Pointer domain);

  static native int virDomainGetControlInfo(Pointer domain, byte[] info, int flags);

  static native Pointer virDomainGetXMLDesc(Pointer domain, int flags);

  static native int virDomainGetAutostart(Pointer domain, IntByReference autostart);

  static native int virDomainGetVcpuPinInfo(
      Pointer domain, int maps, byte[] cpus, int mapLength, int flags);

  static native int virDomainSetMemoryStatsPeriod(Pointer domain, int seconds, int flags);
}
