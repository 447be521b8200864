package io.tocsin.collectors.vm;

import com.sun.jna.Pointer;
import io.tocsin.collectors.CollectorException;

/** Libvirt, through its C library. */
final class LibvirtHypervisor implements Hypervisor {

  private final String uri;
  private final boolean readOnly;

  /**
   * One at an address.
   *
   * @param readOnly whether nothing will be changed there
   */
  LibvirtHypervisor(String uri, boolean readOnly) {
    this.uri = uri;
    this.readOnly = readOnly;
  }

  @Override
  public Connection connect() throws CollectorException {
    LibvirtLibrary.load();
    Pointer connection =
        readOnly ? LibvirtLibrary.virConnectOpenReadOnly(uri) : LibvirtLibrary.virConnectOpen(uri);
    if (connection == null) {
      throw LibvirtError.last()
          .at(uri, "; is libvirtd running, and may this user use its socket (group libvirt)?");
    }
    return new LibvirtConnection(uri, connection);
  }
}
