package io.tocsin.collectors.vm;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.parts.RealPart;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Libvirt's library, its daemons and its shell, as the machine has them. */
final class LibvirtPart {

  static final String SYSTEM = "qemu:///system";

  /** A libvirtd that finds its host changed asks every QEMU what it can do, for up to a minute. */
  private static final long LONGEST_RUN_SECONDS = 180;

  private LibvirtPart() {}

  /** Skips the test where the client library is not installed. */
  static void needLibrary() {
    try {
      LibvirtLibrary.load();
    } catch (CollectorException missing) {
      RealPart.need("libvirt's library", Optional.of("install libvirt0: " + missing.getMessage()));
    }
  }

  /** Skips the test where no domain can be started on this machine's own daemon. */
  static void needSystem() throws Exception {
    needLibrary();
    needProgram("virsh", "libvirt-clients");
    needProgram("qemu-system-x86_64", "qemu-system-x86");
    Run list = run("virsh", "-c", SYSTEM, "list");
    RealPart.need(
        "libvirtd",
        list.status() == 0
            ? Optional.empty()
            : Optional.of(
                "install libvirt-daemon-system, start libvirtd and virtlogd: " + list.output()));
    RealPart.need(
        "the right to signal a QEMU",
        Files.isReadable(Path.of("/run/libvirt/qemu"))
            ? Optional.empty()
            : Optional.of("run as root"));
  }

  static void needProgram(String program, String debianPackage) {
    boolean there =
        List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin").stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    RealPart.need(program, there ? Optional.empty() : Optional.of("install " + debianPackage));
  }

  /** What a program said and how it ended. */
  record Run(int status, String output) {}

  static Run run(String... command) throws IOException {
    Path output = Files.createTempFile("run", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Run(-1, String.join(" ", command) + " does not end");
      }
      return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8).strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(String.join(" ", command) + " was interrupted");
    } finally {
      Files.delete(output);
    }
  }

  /** Runs one of virsh's commands on this machine's own daemon, which must go well. */
  static String virsh(String... command) throws IOException {
    String[] all = new String[command.length + 3];
    all[0] = "virsh";
    all[1] = "-c";
    all[2] = SYSTEM;
    System.arraycopy(command, 0, all, 3, command.length);
    Run run = run(all);
    if (run.status() != 0) {
      throw new IOException(String.join(" ", all) + ": " + run.output());
    }
    return run.output();
  }

  /** Sends a signal such as {@code STOP}. */
  static void signal(String name, long pid) throws IOException {
    Run run = run("kill", "-" + name, String.valueOf(pid));
    if (run.status() != 0) {
      throw new IOException("kill -" + name + ": " + run.output());
    }
  }
}
