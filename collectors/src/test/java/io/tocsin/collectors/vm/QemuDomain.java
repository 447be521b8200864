package io.tocsin.collectors.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A running machine of 64 MiB on this machine's own libvirtd, with an empty disk: its firmware
 * finds nothing to boot, which is enough. It is transient and gone when closed.
 */
final class QemuDomain implements AutoCloseable {

  private final String name;
  private final Path folder;

  QemuDomain(String name) throws IOException {
    this.name = name;
    this.folder = Files.createTempDirectory(name);
    // QEMU runs as another user.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path disk = folder.resolve("disk.raw");
    Files.write(disk, new byte[1024 * 1024]);
    Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rw-rw-rw-"));
    Path xml = folder.resolve("domain.xml");
    Files.writeString(
        xml,
        """
        <domain type='qemu'>
          <name>%s</name>
          <memory unit='MiB'>64</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <cputune><vcpupin vcpu='0' cpuset='0'/></cputune>
          <devices>
            <disk type='file' device='disk'>
              <driver name='qemu' type='raw'/>
              <source file='%s'/>
              <target dev='vda' bus='virtio'/>
            </disk>
            <interface type='user'><model type='virtio'/></interface>
            <memballoon model='virtio'/>
          </devices>
          <seclabel type='none'/>
        </domain>
        """
            .formatted(name, disk));
    try {
      LibvirtPart.virsh("create", xml.toString());
    } catch (IOException notStarted) {
      delete();
      throw notStarted;
    }
  }

  String name() {
    return name;
  }

  private long pid() throws IOException {
    return Long.parseLong(Files.readString(Path.of("/run/libvirt/qemu", name + ".pid")).strip());
  }

  /** Its QEMU does nothing more, not even answer libvirt. */
  void freeze() throws IOException {
    LibvirtPart.signal("STOP", pid());
  }

  void thaw() throws IOException {
    LibvirtPart.signal("CONT", pid());
  }

  @Override
  public void close() throws IOException {
    try {
      thaw();
      LibvirtPart.virsh("destroy", name);
    } catch (IOException goneAlready) {
      // is what was wanted
    } finally {
      delete();
    }
  }

  private void delete() throws IOException {
    Files.deleteIfExists(folder.resolve("disk.raw"));
    Files.deleteIfExists(folder.resolve("domain.xml"));
    Files.deleteIfExists(folder);
  }
}
