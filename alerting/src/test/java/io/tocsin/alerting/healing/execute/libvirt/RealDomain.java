package io.tocsin.alerting.healing.execute.libvirt;

import io.tocsin.alerting.healing.execute.RealPart;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A virtual machine on this machine's own libvirtd, with nothing to boot: its firmware runs, which
 * is enough. It is defined and not started, and gone when closed.
 */
final class RealDomain implements AutoCloseable {

  static final String URI = "qemu:///system";

  /** A libvirtd that finds its host changed asks every QEMU what it can do, for up to a minute. */
  private static final long LONGEST_RUN_SECONDS = 180;

  private final String name;

  /** Skips the test where no domain can be made. May take a minute, see above. */
  RealDomain(String stem) throws IOException {
    TestDriver.needLibrary();
    RealPart.needProgram("virsh", "libvirt-clients");
    RealPart.needProgram("qemu-system-x86_64", "qemu-system-x86");
    Optional<String> missing = Optional.empty();
    try {
      virsh("list");
    } catch (IOException notThere) {
      missing =
          Optional.of(
              "install libvirt-daemon-system, start libvirtd and virtlogd: "
                  + notThere.getMessage());
    }
    RealPart.need("libvirtd", missing);
    name = stem + Long.toHexString(System.nanoTime());
    Path xml = Files.createTempFile(name, ".xml");
    Files.writeString(
        xml,
        """
        <domain type='qemu'>
          <name>%s</name>
          <memory unit='MiB'>128</memory>
          <currentMemory unit='MiB'>64</currentMemory>
          <vcpu current='1'>2</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <features><acpi/></features>
          <devices><memballoon model='virtio'/></devices>
          <seclabel type='none'/>
        </domain>
        """
            .formatted(name));
    try {
      virsh("define", xml.toString());
    } finally {
      Files.delete(xml);
    }
  }

  String name() {
    return name;
  }

  void start() throws IOException {
    virsh("start", name);
  }

  void destroy() throws IOException {
    virsh("destroy", name);
  }

  String state() throws IOException {
    return virsh("domstate", name);
  }

  /** Its QEMU gets a signal such as {@code STOP}: then it does not even answer libvirt. */
  void signal(String signal) throws IOException {
    String pid = Files.readString(Path.of("/run/libvirt/qemu", name + ".pid")).strip();
    run("kill", "-" + signal, pid);
  }

  static String virsh(String... command) throws IOException {
    List<String> all = new ArrayList<>(List.of("virsh", "-c", URI));
    all.addAll(List.of(command));
    return run(all.toArray(String[]::new));
  }

  private static String run(String... command) throws IOException {
    Path output = Files.createTempFile("run", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " does not end");
      }
      String said = Files.readString(output, StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said);
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(String.join(" ", command) + " was interrupted");
    } finally {
      Files.delete(output);
    }
  }

  /** Shuts it off, whatever state it is in. */
  void stop() {
    try {
      signal("CONT");
      destroy();
    } catch (IOException notRunning) {
      // is what is wanted
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    virsh("undefine", name);
  }
}
