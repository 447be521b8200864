package io.tocsin.alerting.healing.execute.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.alerting.healing.execute.UnixServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a Docker daemon as the executor needs, over the real protocol. */
final class FakeDocker implements Closeable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
  private static final Pattern CONTAINER = Pattern.compile("/containers/([^/?]+)(/[a-z]+)?.*");

  private final UnixServer server;
  private final Map<String, ObjectNode> byId = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private String refusesToStart = "nobody";
  private int made;

  FakeDocker(Path socket) throws IOException {
    server = new UnixServer(socket, this::serve);
  }

  /** A container, named and made like the answers of a real daemon. */
  synchronized ObjectNode container(String name, String status, String host, String labels)
      throws IOException {
    String id = "%064x".formatted(++made);
    ObjectNode container =
        (ObjectNode)
            JSON.readTree(
                """
                {"Id": "%s", "Name": "/%s", "RestartCount": 0,
                 "State": {"Status": "%s", "ExitCode": 0, "StartedAt": "2026-01-01T11:00:00Z"},
                 "Config": {"Image": "shop:1", "Hostname": "%s", "Env": ["A=b"], "Labels": %s},
                 "HostConfig": %s,
                 "NetworkSettings": {"Networks": {"shop_default":
                   {"Aliases": ["web", "%s", "%s"], "IPAddress": "172.18.0.2"}}}}
                """
                    .formatted(
                        id,
                        name,
                        status,
                        id.substring(0, 12),
                        labels,
                        host,
                        name,
                        id.substring(0, 12)));
    byId.put(id, container);
    return container;
  }

  /** A container of that name does not start from now on. */
  synchronized void refuseToStart(String name) {
    refusesToStart = name;
  }

  /** Everything that an executor could change. */
  synchronized String state() {
    return byId.values().toString();
  }

  /** All requests that were to change something. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  synchronized ObjectNode find(String name) {
    return byId.values().stream().filter(each -> is(each, name)).findFirst().orElse(null);
  }

  private static boolean is(JsonNode container, String name) {
    return container.path("Id").asText().equals(name)
        || container.path("Name").asText().equals("/" + name);
  }

  private void serve(SocketChannel connection) throws IOException {
    StringBuilder seen = new StringBuilder();
    ByteBuffer some = ByteBuffer.allocate(8192);
    while (true) {
      int head = seen.indexOf("\r\n\r\n");
      Matcher length = LENGTH.matcher(head < 0 ? "" : seen.substring(0, head));
      int end = head < 0 ? 0 : head + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
      if (head < 0 || seen.length() < end) {
        if (connection.read(some.clear()) < 0) {
          return;
        }
        seen.append(StandardCharsets.ISO_8859_1.decode(some.flip()));
        continue;
      }
      String[] line = seen.substring(0, seen.indexOf("\r\n")).split(" ");
      String answer = answer(line[0], line[1], seen.substring(head + 4, end));
      seen.delete(0, end);
      UnixServer.write(connection, answer);
    }
  }

  private static String answer(int status, String body) {
    return "HTTP/1.1 %d x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, body);
  }

  private static String done() {
    return "HTTP/1.1 204 x\r\n\r\n";
  }

  private synchronized String answer(String method, String path, String body) throws IOException {
    if (!method.equals("GET")) {
      asked.add(method + " " + path + (body.isEmpty() ? "" : " " + body));
    }
    if (path.startsWith("/containers/json?")) {
      return answer(200, list(path).toString());
    }
    if (path.startsWith("/containers/create?")) {
      return create(path.substring(path.indexOf("name=") + 5), body);
    }
    Matcher matcher = CONTAINER.matcher(path);
    if (!matcher.matches()) {
      return path.startsWith("/networks/") ? answer(200, "") : answer(404, "{}");
    }
    ObjectNode container = find(matcher.group(1));
    if (container == null) {
      return answer(404, "{\"message\": \"No such container: " + matcher.group(1) + "\"}");
    }
    String what = matcher.group(2) == null ? "" : matcher.group(2);
    if (method.equals("DELETE")) {
      byId.remove(container.path("Id").asText());
      return done();
    }
    ObjectNode state = (ObjectNode) container.path("State");
    switch (what) {
      case "/json":
        return answer(200, container.toString());
      case "/start":
        if (is(container, refusesToStart)) {
          return answer(500, "{\"message\": \"port is already allocated\"}");
        }
        state.put("Status", "running");
        return done();
      case "/restart":
        state.put("Status", "running").put("Starts", state.path("Starts").asInt() + 1);
        return done();
      case "/stop":
        state.put("Status", "exited");
        return done();
      default:
        ((ObjectNode) container.path("HostConfig")).setAll((ObjectNode) JSON.readTree(body));
        return answer(200, "{\"Warnings\": null}");
    }
  }

  private ArrayNode list(String path) throws IOException {
    String filters = path.substring(path.indexOf("filters=") + 8);
    JsonNode wanted =
        JSON.readTree(URLDecoder.decode(filters, StandardCharsets.UTF_8)).path("label");
    ArrayNode list = JSON.createArrayNode();
    for (ObjectNode container : byId.values()) {
      JsonNode labels = container.path("Config").path("Labels");
      boolean all = true;
      for (JsonNode label : wanted) {
        String[] pair = label.asText().split("=", 2);
        all &= labels.path(pair[0]).asText().equals(pair[1]);
      }
      if (all) {
        ObjectNode entry = list.addObject();
        entry.set("Id", container.path("Id"));
        entry.set("State", container.path("State").path("Status"));
        entry.set("Labels", labels);
      }
    }
    return list;
  }

  private String create(String name, String body) throws IOException {
    if (find(name) != null) {
      return answer(409, "{\"message\": \"the name is in use\"}");
    }
    JsonNode config = JSON.readTree(body);
    ObjectNode container =
        container(
            name,
            "created",
            config.path("HostConfig").toString(),
            config.path("Labels").toString());
    return answer(201, "{\"Id\": \"" + container.path("Id").asText() + "\"}");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
