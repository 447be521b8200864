package io.tocsin.alerting.healing.execute.docker;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The Engine API with answers as JSON, so that what one container is made of can be handed on to
 * another in full, which docker-java's classes would cut down to the fields they know.
 *
 * <p>Its time limits have no effect on a Unix socket (docker-java 3.7.1, on Java 17): a call to a
 * silent daemon ends when this is closed by another thread.
 */
final class DockerEngine implements AutoCloseable {

  /** What a container is inspected to takes some 10 KiB; a list of a service's, less for each. */
  private static final int MOST_BYTES = 4 << 20;

  private static final int OK = 200;
  private static final int REDIRECTION = 300;
  private static final int NOT_MODIFIED = 304;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final DockerHttpClient http;

  /** Does not connect yet. */
  DockerEngine(Path socket, Duration patience) {
    http =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(URI.create("unix://" + socket))
            .connectionTimeout(patience)
            .responseTimeout(patience)
            .maxConnections(2)
            .build();
  }

  /**
   * What is at a path.
   *
   * @throws EngineException if it is refused
   */
  JsonNode get(String path) throws IOException {
    return call(Request.Method.GET, path, null);
  }

  /**
   * Asks for something to be done.
   *
   * @param body null for none
   * @throws EngineException if it is refused
   */
  JsonNode post(String path, JsonNode body) throws IOException {
    return call(Request.Method.POST, path, body);
  }

  /**
   * Removes what is at a path.
   *
   * @throws EngineException if it is refused
   */
  void delete(String path) throws IOException {
    call(Request.Method.DELETE, path, null);
  }

  /** A text as part of a query. */
  static String query(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode call(Request.Method method, String path, JsonNode body) throws IOException {
    Request.Builder request = Request.builder().method(method).path(path);
    if (body != null) {
      request
          .headers(Map.of("Content-Type", "application/json"))
          .bodyBytes(JSON.writeValueAsBytes(body));
    }
    try (DockerHttpClient.Response response = http.execute(request.build());
        InputStream in = response.getBody()) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      int status = response.getStatusCode();
      if (status == NOT_MODIFIED) {
        return MissingNode.getInstance();
      }
      if (status < OK || status >= REDIRECTION) {
        throw new EngineException(status, "Docker answered " + status + message(bytes));
      }
      if (bytes.length > MOST_BYTES) {
        throw new EngineException(0, "Docker answered with more than " + MOST_BYTES + " bytes");
      }
      return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
    } catch (JacksonException nonsense) {
      throw new EngineException(0, "Docker answered what is not JSON");
    }
  }

  private static String message(byte[] body) {
    try {
      String message = JSON.readTree(body).path("message").asText("");
      return message.isEmpty() ? "" : ": " + message;
    } catch (IOException notJson) {
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
