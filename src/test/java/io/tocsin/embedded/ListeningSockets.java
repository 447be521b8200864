package io.tocsin.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The addresses that a process listens on, from {@code /proc/<pid>/net/tcp} and {@code tcp6}. */
final class ListeningSockets {

  private static final String LISTEN = "0A";

  private ListeningSockets() {}

  /** Addresses and ports in the kernel's hexadecimal form, such as {@code 0100007F:2384}. */
  static List<String> of(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
      for (Path fd : open.toList()) {
        String target = target(fd);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring(8, target.length() - 1));
        }
      }
    }
    List<String> addresses = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "net", table))) {
        String[] column = line.strip().split("\\s+");
        if (column[3].equals(LISTEN) && inodes.contains(column[9])) {
          addresses.add(column[1]);
        }
      }
    }
    return addresses;
  }

  /** What a file descriptor is open for; empty if it has been closed since it was listed. */
  private static String target(Path fd) throws IOException {
    try {
      return Files.readSymbolicLink(fd).toString();
    } catch (NoSuchFileException closed) {
      return "";
    }
  }

  /** 127.0.0.1, as such or mapped into IPv6. */
  static boolean isLoopback(String address) {
    String host = address.substring(0, address.indexOf(':'));
    return host.equals("0100007F") || host.equals("0000000000000000FFFF00000100007F");
  }
}
