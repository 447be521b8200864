package io.tocsin.alerting.healing.execute.haproxy;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** HAProxy's runtime API over a Unix socket, as far as executors use it, as 2.6 answers. */
final class FakeHaproxy implements Closeable {

  /** A server: what checks say (2 is up), what people have set, its weight. */
  static final class State {
    int operational = 2;
    int admin;
    int weight = 100;
  }

  final Map<String, State> servers = Collections.synchronizedMap(new LinkedHashMap<>());
  final List<String> commands = Collections.synchronizedList(new ArrayList<>());
  final Path socket;

  /** Called after each command that was obeyed, for what somebody else does meanwhile. */
  volatile Consumer<String> afterwards = command -> {};

  /** Answered instead of obeying; null for none. */
  volatile String refusal;

  private final ServerSocketChannel listener;

  FakeHaproxy(Path directory, String... names) throws IOException {
    for (String name : names) {
      servers.put(name, new State());
    }
    socket = Files.createTempDirectory(directory, "s").resolve("s");
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    Thread thread = new Thread(this::serve, "fake-haproxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    while (listener.isOpen()) {
      try (SocketChannel channel = listener.accept()) {
        ByteBuffer line = ByteBuffer.allocate(4096);
        while (line.position() == 0 || line.get(line.position() - 1) != '\n') {
          if (channel.read(line) < 0) {
            break;
          }
        }
        String command =
            new String(line.array(), 0, line.position(), StandardCharsets.UTF_8).strip();
        commands.add(command);
        channel.write(ByteBuffer.wrap((answer(command) + "\n").getBytes(StandardCharsets.UTF_8)));
      } catch (IOException closed) {
        // the next one, or the end
      }
    }
  }

  private String answer(String command) {
    String[] words = command.split(" ");
    if (command.startsWith("show servers state ")) {
      return servers.keySet().stream().noneMatch(name -> name.startsWith(words[3] + "/"))
          ? "Can't find backend."
          : states(words[3]);
    }
    if (command.startsWith("show stat ")) {
      return stat();
    }
    if (command.startsWith("set server ")) {
      return set(words);
    }
    return "Unknown command.";
  }

  private String states(String backend) {
    StringBuilder table =
        new StringBuilder(
            "1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight\n");
    servers.forEach(
        (name, state) -> {
          ServerName of = ServerName.of(name);
          if (of.backend().equals(backend)) {
            table.append(
                "3 %s 1 %s 127.0.0.1 %d %d %d\n"
                    .formatted(backend, of.server(), state.operational, state.admin, state.weight));
          }
        });
    return table.toString();
  }

  private String stat() {
    StringBuilder table = new StringBuilder("# pxname,svname,scur,status,check_status,\n");
    servers.keySet().stream()
        .map(ServerName::of)
        .forEach(of -> table.append(of.backend() + "," + of.server() + ",0,UP,,\n"));
    return table.toString();
  }

  private String set(String[] words) {
    State state = servers.get(words[2]);
    if (state == null) {
      return "No such server.";
    }
    if (refusal != null) {
      return refusal;
    }
    if (words[3].equals("weight")) {
      state.weight = Integer.parseInt(words[4]);
    } else {
      state.admin =
          switch (words[4]) {
            case "maint" -> 1;
            case "drain" -> 8;
            default -> 0;
          };
    }
    afterwards.accept(String.join(" ", words));
    return "";
  }

  /** All there is to change. */
  Map<String, String> state() {
    Map<String, String> all = new TreeMap<>();
    servers.forEach((name, state) -> all.put(name, state.admin + "/" + state.weight));
    return all;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
