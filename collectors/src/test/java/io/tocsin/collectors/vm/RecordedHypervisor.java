package io.tocsin.collectors.vm;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder in place of a hypervisor. {@code domstats} is what {@code virsh domstats --raw} prints;
 * lines {@code id=} may be added (-1 for a domain that does not run), as well as {@code
 * control.state=} and {@code control.time=}. Optional for each domain: {@code <name>.xml} as of
 * {@code virsh dumpxml}, {@code <name>.pins} with a line of host CPUs for each virtual CPU, empty
 * for all, and an empty {@code <name>.autostart}.
 */
final class RecordedHypervisor implements Hypervisor {

  private final Path folder;

  RecordedHypervisor(Path folder) {
    this.folder = folder;
  }

  @Override
  public Connection connect() {
    return new Connection() {

      @Override
      public List<DomainStats> stats(Scope scope) throws CollectorException {
        try {
          return parse(Files.readAllLines(folder.resolve("domstats")));
        } catch (IOException e) {
          throw new CollectorException(Reason.MISSING, "domstats", "is not there");
        }
      }

      @Override
      public DomainDetails details(String uuid) throws CollectorException {
        String name = uuid.replaceFirst("^uuid-", "");
        try {
          Path pins = folder.resolve(name + ".pins");
          List<String> pinned = new ArrayList<>();
          for (String line : Files.exists(pins) ? Files.readAllLines(pins) : List.<String>of()) {
            pinned.add(line.isEmpty() ? null : line);
          }
          Path xml = folder.resolve(name + ".xml");
          return new DomainDetails(
              DomainXml.parse(name, Files.exists(xml) ? Files.readString(xml) : "<domain/>"),
              Files.exists(folder.resolve(name + ".autostart")),
              pinned);
        } catch (IOException e) {
          throw new CollectorException(Reason.UNREADABLE, name, e.toString());
        }
      }

      @Override
      public void reportMemoryEvery(String uuid, int seconds) {
        throw new AssertionError("nothing may be changed unless that is allowed");
      }

      @Override
      public void close() {}
    };
  }

  static List<DomainStats> parse(List<String> lines) {
    List<DomainStats> domains = new ArrayList<>();
    String name = null;
    Map<String, Object> fields = new HashMap<>();
    for (String line : lines) {
      if (line.startsWith("Domain: '")) {
        add(domains, name, fields);
        name = line.substring(9, line.length() - 1);
        fields = new HashMap<>();
      } else if (line.contains("=")) {
        String[] field = line.strip().split("=", 2);
        fields.put(field[0], value(field[1]));
      }
    }
    add(domains, name, fields);
    return domains;
  }

  private static void add(List<DomainStats> domains, String name, Map<String, Object> fields) {
    if (name != null) {
      int id = fields.remove("id") instanceof Long given ? given.intValue() : domains.size() + 1;
      domains.add(new DomainStats("uuid-" + name, name, id, fields));
    }
  }

  private static Object value(String text) {
    try {
      // Libvirt's unsigned values over 2^63 - 1 come out of native memory negative.
      return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    } catch (NumberFormatException notWhole) {
      return text;
    }
  }
}
