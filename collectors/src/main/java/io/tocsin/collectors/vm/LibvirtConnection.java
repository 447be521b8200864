package io.tocsin.collectors.vm;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.vm.Hypervisor.Connection;
import io.tocsin.collectors.vm.Hypervisor.Scope;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A connection of libvirt's C library. Takes one call at a time. */
final class LibvirtConnection implements Connection {

  private static final int UUID_TEXT = 37;
  private static final int MOST_VCPUS = 4096;

  private static final int FULL_GROUPS =
      LibvirtLibrary.STATS_STATE
          | LibvirtLibrary.STATS_CPU_TOTAL
          | LibvirtLibrary.STATS_BALLOON
          | LibvirtLibrary.STATS_VCPU
          | LibvirtLibrary.STATS_INTERFACE
          | LibvirtLibrary.STATS_BLOCK;

  private final String uri;
  private final Pointer connection;

  /** Older daemons do not know the flag and are asked without it. */
  private int nowait = LibvirtLibrary.NOWAIT;

  LibvirtConnection(String uri, Pointer connection) {
    this.uri = uri;
    this.connection = connection;
  }

  @Override
  public List<DomainStats> stats(Scope scope) throws CollectorException {
    // The state is the one group that libvirt 9 gives without asking the domain's QEMU.
    int groups = scope == Scope.FULL ? FULL_GROUPS : LibvirtLibrary.STATS_STATE;
    PointerByReference list = new PointerByReference();
    int count = LibvirtLibrary.virConnectGetAllDomainStats(connection, groups, list, nowait);
    if (count < 0 && nowait != 0 && LibvirtError.last().unsupported()) {
      nowait = 0;
      count = LibvirtLibrary.virConnectGetAllDomainStats(connection, groups, list, nowait);
    }
    if (count < 0) {
      throw LibvirtError.last().at(uri, "");
    }
    try {
      List<DomainStats> domains = new ArrayList<>(count);
      for (Pointer domain : list.getValue().getPointerArray(0, count)) {
        domains.add(domain(domain, scope));
      }
      return domains;
    } finally {
      LibvirtLibrary.virDomainStatsRecordListFree(list.getValue());
    }
  }

  /** Reads a virDomainStatsRecord: the domain, its parameters, their number. */
  private static DomainStats domain(Pointer at, Scope scope) {
    Pointer domain = at.getPointer(0);
    Pointer parameters = at.getPointer(8);
    int count = at.getInt(16);
    Map<String, Object> fields = TypedParameters.read(parameters, parameters == null ? 0 : count);
    byte[] uuid = new byte[UUID_TEXT];
    LibvirtLibrary.virDomainGetUUIDString(domain, uuid);
    DomainStats stats =
        new DomainStats(
            Native.toString(uuid, "US-ASCII"),
            LibvirtLibrary.virDomainGetName(domain).getString(0, "UTF-8"),
            LibvirtLibrary.virDomainGetID(domain),
            fields);
    if (stats.active() && (scope == Scope.LIGHT || stats.lacksMonitor())) {
      addControl(domain, fields);
    }
    return stats;
  }

  /** Reads a virDomainControlInfo: state, details, milliseconds in that state. */
  private static void addControl(Pointer domain, Map<String, Object> fields) {
    byte[] info = new byte[16];
    // A driver without monitors does not know the function, and none of its domains hang that way.
    if (LibvirtLibrary.virDomainGetControlInfo(domain, info, 0) == 0) {
      ByteBuffer buffer = ByteBuffer.wrap(info).order(ByteOrder.nativeOrder());
      fields.put("control.state", (long) buffer.getInt(0));
      fields.put("control.time", buffer.getLong(8));
    }
  }

  @Override
  public DomainDetails details(String uuid) throws CollectorException {
    Pointer domain = lookUp(uuid);
    try {
      DomainXml xml = DomainXml.parse(uri, xml(domain));
      IntByReference autostart = new IntByReference();
      if (LibvirtLibrary.virDomainGetAutostart(domain, autostart) < 0) {
        LibvirtError error = LibvirtError.last();
        if (!error.inapplicable()) {
          throw error.at(uri, "");
        }
      }
      return new DomainDetails(xml, autostart.getValue() != 0, pins(domain, xml.vcpus()));
    } finally {
      LibvirtLibrary.virDomainFree(domain);
    }
  }

  private Pointer lookUp(String uuid) throws CollectorException {
    Pointer domain = LibvirtLibrary.virDomainLookupByUUIDString(connection, uuid);
    if (domain == null) {
      throw LibvirtError.last().at(uri, "");
    }
    return domain;
  }

  private String xml(Pointer domain) throws CollectorException {
    Pointer xml = LibvirtLibrary.virDomainGetXMLDesc(domain, 0);
    if (xml == null) {
      throw LibvirtError.last().at(uri, "");
    }
    try {
      return xml.getString(0, "UTF-8");
    } finally {
      Native.free(Pointer.nativeValue(xml));
    }
  }

  private List<String> pins(Pointer domain, int vcpus) throws CollectorException {
    int cpus = LibvirtLibrary.virNodeGetCPUMap(connection, null, null, 0);
    if (cpus <= 0 || vcpus <= 0 || vcpus > MOST_VCPUS) {
      return List.of();
    }
    int length = (cpus + 7) / 8;
    byte[] maps = new byte[vcpus * length];
    int known = LibvirtLibrary.virDomainGetVcpuPinInfo(domain, vcpus, maps, length, 0);
    if (known < 0) {
      LibvirtError error = LibvirtError.last();
      if (error.inapplicable()) {
        return List.of();
      }
      throw error.at(uri, "");
    }
    List<String> pins = new ArrayList<>(known);
    for (int vcpu = 0; vcpu < Math.min(known, vcpus); vcpu++) {
      pins.add(CpuMap.text(maps, vcpu * length, cpus));
    }
    return pins;
  }

  @Override
  public void reportMemoryEvery(String uuid, int seconds) throws CollectorException {
    Pointer domain = lookUp(uuid);
    try {
      if (LibvirtLibrary.virDomainSetMemoryStatsPeriod(domain, seconds, LibvirtLibrary.AFFECT_LIVE)
          < 0) {
        throw LibvirtError.last().at(uri, "");
      }
    } finally {
      LibvirtLibrary.virDomainFree(domain);
    }
  }

  @Override
  public void close() {
    LibvirtLibrary.virConnectClose(connection);
  }
}
