package io.tocsin.alerting.healing.execute.libvirt;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import io.tocsin.alerting.healing.execute.RealPart;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * The hypervisor that libvirt's library has within it for tests, with one running domain of two
 * virtual CPUs and 2 GiB. All connections of a process share it, and it is as new when the last is
 * closed.
 */
final class TestDriver implements Closeable {

  static final String URI = "test:///default";
  static final String DOMAIN = "test";

  private final Domain domain;

  /** Skips the test where the library is not installed. */
  TestDriver() throws LibvirtException {
    needLibrary();
    domain = Domain.open(URI, DOMAIN);
  }

  static void needLibrary() {
    Optional<String> missing = Optional.empty();
    try {
      LibvirtLibrary.load();
    } catch (LibvirtException notThere) {
      missing = Optional.of(notThere.getMessage());
    }
    RealPart.need("libvirt's library", missing);
  }

  Domain domain() {
    return domain;
  }

  /** Shuts it off at once. */
  void destroy() throws IOException {
    call("virDomainDestroy");
  }

  /** Pauses it. */
  void suspend() throws IOException {
    call("virDomainSuspend");
  }

  private static void call(String function) throws IOException {
    Pointer connection = LibvirtLibrary.virConnectOpen(URI);
    Pointer same = LibvirtLibrary.virDomainLookupByName(connection, DOMAIN);
    int answer = Function.getFunction("libvirt.so.0", function).invokeInt(new Object[] {same});
    LibvirtLibrary.virDomainFree(same);
    LibvirtLibrary.virConnectClose(connection);
    if (answer < 0) {
      throw new IOException(function + " failed");
    }
  }

  /** Everything that an executor could change. */
  String state() throws LibvirtException {
    DomainCondition condition = domain.condition();
    int affects = condition.isShutOff() ? LibvirtLibrary.CONFIG : LibvirtLibrary.LIVE;
    return condition + " " + domain.vcpus(affects) + " " + domain.memory();
  }

  @Override
  public void close() {
    domain.close();
  }
}
