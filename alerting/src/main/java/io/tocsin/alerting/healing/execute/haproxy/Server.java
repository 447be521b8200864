package io.tocsin.alerting.healing.execute.haproxy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A line of {@code show servers state}.
 *
 * @param name of it
 * @param operational 0 stopped, 1 starting, 2 running, 3 stopping: what checks have found
 * @param admin what people have set, as a mask (see the constants below)
 * @param weight as set at run time, 0 to 256
 */
record Server(ServerName name, int operational, int admin, int weight) {

  /** {@code set server … state maint}. */
  private static final int FORCED_MAINT = 0x01;

  /** Maintenance by the server it follows, by the configuration, by DNS or by its host name. */
  private static final int OTHER_MAINT = 0x02 | 0x04 | 0x20 | 0x40;

  /** {@code set server … state drain}. */
  private static final int FORCED_DRAIN = 0x08;

  /** Draining with the server it follows. */
  private static final int INHERITED_DRAIN = 0x10;

  private static final int STARTING = 1;
  private static final int RUNNING = 2;

  /** Whether new traffic goes to it. */
  boolean isUsable() {
    return admin == 0 && isUp() && weight > 0;
  }

  /** Whether its checks say that it could serve. */
  boolean isUp() {
    return operational == RUNNING || operational == STARTING;
  }

  /** Whether it was taken out of service, by whatever means. */
  boolean isInMaintenance() {
    return (admin & (FORCED_MAINT | OTHER_MAINT)) != 0;
  }

  /** What it has to be set to to be as it is now: {@code ready}, {@code drain} or {@code maint}. */
  String state() {
    if ((admin & FORCED_MAINT) != 0) {
      return "maint";
    }
    return (admin & FORCED_DRAIN) != 0 ? "drain" : "ready";
  }

  /** For people. */
  String words() {
    String checks =
        switch (operational) {
          case 0 -> "down";
          case STARTING -> "starting";
          case RUNNING -> "up";
          default -> "stopping";
        };
    String by =
        (admin & OTHER_MAINT) != 0
            ? ", in maintenance by its configuration or another server"
            : (admin & INHERITED_DRAIN) != 0 ? ", draining with the server it follows" : "";
    return name + " is " + state() + ", " + checks + by + ", weight " + weight;
  }

  /**
   * All servers of an answer.
   *
   * @throws IOException if it is no such table
   */
  static List<Server> parse(String answer) throws IOException {
    Map<String, Integer> columns = new HashMap<>();
    List<Server> servers = new ArrayList<>();
    for (String line : answer.lines().toList()) {
      if (line.startsWith("# ")) {
        String[] names = line.substring(2).split(" ");
        for (int i = 0; i < names.length; i++) {
          columns.put(names[i], i);
        }
      } else if (!columns.isEmpty() && !line.isBlank()) {
        servers.add(server(columns, line.split(" ")));
      }
    }
    if (columns.isEmpty()) {
      throw new IOException("answer is no table of servers");
    }
    return servers;
  }

  private static Server server(Map<String, Integer> columns, String[] values) throws IOException {
    try {
      return new Server(
          new ServerName(value(columns, values, "be_name"), value(columns, values, "srv_name")),
          Integer.parseInt(value(columns, values, "srv_op_state")),
          Integer.parseInt(value(columns, values, "srv_admin_state")),
          Integer.parseInt(value(columns, values, "srv_uweight")));
    } catch (NumberFormatException odd) {
      throw new IOException("table of servers has no numbers where they belong", odd);
    }
  }

  private static String value(Map<String, Integer> columns, String[] values, String column)
      throws IOException {
    Integer at = columns.get(column);
    if (at == null || at >= values.length) {
      throw new IOException("table of servers has no " + column);
    }
    return values[at];
  }
}
