package io.tocsin.alerting.healing.execute.libvirt;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A domain over a connection of its own. Used by one thread, since errors are kept by thread. */
final class Domain implements AutoCloseable {

  /** virDomainInfo: state, most memory, memory, number of virtual CPUs, CPU time. */
  private static final int INFO_BYTES = 40;

  private static final int INFO_MOST_MEMORY = 8;
  private static final int INFO_MEMORY = 16;

  /** virDomainJobInfo takes some 100 bytes; its first field is the type, 0 for none. */
  private static final int JOB_BYTES = 512;

  private final String name;
  private final Pointer connection;
  private final Pointer domain;

  private Domain(String name, Pointer connection, Pointer domain) {
    this.name = name;
    this.connection = connection;
    this.domain = domain;
  }

  /**
   * Connects and finds it.
   *
   * @throws LibvirtException if libvirt is not there, or it is not
   */
  static Domain open(String uri, String name) throws LibvirtException {
    LibvirtLibrary.load();
    Pointer connection = LibvirtLibrary.virConnectOpen(uri);
    if (connection == null) {
      throw LibvirtException.last("no connection to " + uri);
    }
    Pointer domain = LibvirtLibrary.virDomainLookupByName(connection, name);
    if (domain == null) {
      LibvirtException missing = LibvirtException.last("domain " + name);
      LibvirtLibrary.virConnectClose(connection);
      throw missing;
    }
    return new Domain(name, connection, domain);
  }

  /** Its state, for which its QEMU is not asked; jobs are not known. */
  DomainCondition condition() throws LibvirtException {
    IntByReference state = new IntByReference();
    IntByReference reason = new IntByReference();
    check(LibvirtLibrary.virDomainGetState(domain, state, reason, 0), "its state");
    return new DomainCondition(state.getValue(), reason.getValue(), false);
  }

  /** Whether something is under way with it; hangs while its QEMU does. */
  boolean hasJob() throws LibvirtException {
    byte[] info = new byte[JOB_BYTES];
    if (LibvirtLibrary.virDomainGetJobInfo(domain, info) == 0) {
      return buffer(info).getInt(0) != 0;
    }
    LibvirtException error = LibvirtException.last(name);
    if (error.isInapplicable()) {
      return false;
    }
    throw error;
  }

  /** What it has of memory now and may have at most, in KiB. */
  record Memory(long now, long most) {}

  Memory memory() throws LibvirtException {
    byte[] info = new byte[INFO_BYTES];
    check(LibvirtLibrary.virDomainGetInfo(domain, info), "its memory");
    ByteBuffer buffer = buffer(info);
    return new Memory(buffer.getLong(INFO_MEMORY), buffer.getLong(INFO_MOST_MEMORY));
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }

  /** Number of its virtual CPUs, in {@code LIVE} or {@code CONFIG}, {@code MAXIMUM} or not. */
  int vcpus(int flags) throws LibvirtException {
    int vcpus = LibvirtLibrary.virDomainGetVcpusFlags(domain, flags);
    check(vcpus, "its virtual CPUs");
    return vcpus;
  }

  void setVcpus(int vcpus, int flags) throws LibvirtException {
    check(LibvirtLibrary.virDomainSetVcpusFlags(domain, vcpus, flags), "set virtual CPUs");
  }

  void setMemory(long kibibytes, int flags) throws LibvirtException {
    check(LibvirtLibrary.virDomainSetMemoryFlags(domain, kibibytes, flags), "set memory");
  }

  void start() throws LibvirtException {
    check(LibvirtLibrary.virDomainCreate(domain), "start");
  }

  void reboot() throws LibvirtException {
    check(LibvirtLibrary.virDomainReboot(domain, 0), "reboot");
  }

  void reset() throws LibvirtException {
    check(LibvirtLibrary.virDomainReset(domain, 0), "reset");
  }

  /** Moves it; one that is defined here is defined there afterwards, and not here. */
  void migrate(String uri) throws LibvirtException {
    long flags = LibvirtLibrary.MIGRATE_LIVE | LibvirtLibrary.MIGRATE_PEER2PEER;
    if (LibvirtLibrary.virDomainIsPersistent(domain) == 1) {
      flags |= LibvirtLibrary.MIGRATE_PERSIST_DEST | LibvirtLibrary.MIGRATE_UNDEFINE_SOURCE;
    }
    check(LibvirtLibrary.virDomainMigrateToURI(domain, uri, flags, null, 0), "migrate to " + uri);
  }

  private void check(int answer, String what) throws LibvirtException {
    if (answer < 0) {
      throw LibvirtException.last(name + ": " + what);
    }
  }

  @Override
  public void close() {
    LibvirtLibrary.virDomainFree(domain);
    LibvirtLibrary.virConnectClose(connection);
  }
}
