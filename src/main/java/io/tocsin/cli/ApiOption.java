package io.tocsin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.tls.ClientTls;
import io.tocsin.schemas.tls.TlsTrouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --api}: which running pipeline a command asks. */
final class ApiOption {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MOST_PAGES = 1_000;
  private static final int SPEAKS_TLS_ONLY = 426;

  @Option(
      names = "--api",
      paramLabel = "URL",
      defaultValue = "${env:TOCSIN_API:-http://127.0.0.1:18080}",
      description = "API of the running pipeline (default: ${DEFAULT-VALUE}; or set TOCSIN_API).")
  private URI api;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with a token to show; or set TOCSIN_TOKEN to the token itself.")
  private Path tokenFile;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      defaultValue = "${env:TOCSIN_CA}",
      description =
          "PEM file of the authority that made the certificate of an https --api, if it is your"
              + " own; or set TOCSIN_CA.")
  private String ca;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      defaultValue = "${env:TOCSIN_CERTIFICATE}",
      description = "PEM file of a certificate to show, where the API wants one.")
  private String certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      defaultValue = "${env:TOCSIN_KEY}",
      description = "PEM file of its key; or set TOCSIN_CERTIFICATE and TOCSIN_KEY.")
  private String key;

  private HttpClient client;

  URI address() {
    return api;
  }

  /**
   * Who to say that one is: nobody where a token says so, unless one wants to be asked for.
   *
   * @param by name of the account on this machine, if nothing else was said
   */
  String by(String by) throws CommandFailure {
    return token() != null && by.equals(System.getProperty("user.name")) ? null : by;
  }

  private String token() throws CommandFailure {
    try {
      String token =
          tokenFile == null ? System.getenv("TOCSIN_TOKEN") : Files.readString(tokenFile);
      return token == null || token.isBlank() ? null : token.strip();
    } catch (IOException unreadable) {
      throw new CommandFailure(
          2, "--token-file: " + tokenFile + " cannot be read: " + unreadable.getMessage());
    }
  }

  /**
   * Asks for a path; 503 counts as an answer, because readiness answers so.
   *
   * @throws CommandFailure if nothing answers there, or something else than the API does
   */
  JsonNode get(String path) throws CommandFailure, InterruptedException {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(api.resolve(path)).GET());
    refused(answer);
    if (answer.statusCode() != 200 && answer.statusCode() != 503) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING,
          api.resolve(path) + " answered " + answer.statusCode() + ": is it Tocsin's API?");
    }
    return tree(answer);
  }

  /**
   * Asks for a list, page by page to its end.
   *
   * @throws CommandFailure as {@link #get}
   */
  ArrayNode getAll(String path) throws CommandFailure, InterruptedException {
    ArrayNode all = Json.list();
    URI next = api.resolve(path);
    for (int page = 0; next != null && page < MOST_PAGES; page++) {
      HttpResponse<String> answer = send(HttpRequest.newBuilder(next).GET());
      if (answer.statusCode() != 200) {
        throw new CommandFailure(
            CommandFailure.NOT_RUNNING,
            next + " answered " + answer.statusCode() + ": is it Tocsin's API?");
      }
      tree(answer).forEach(all::add);
      next = answer.headers().firstValue("Link").map(this::next).orElse(null);
    }
    return all;
  }

  /** {@code <path?query>; rel="next"}: on the same server, whatever it says. */
  private URI next(String link) {
    int end = link.indexOf('>');
    return link.startsWith("</") && end > 0 && link.contains("rel=\"next\"")
        ? api.resolve(link.substring(1, end))
        : null;
  }

  /**
   * Sends a wish.
   *
   * @param body null for none
   * @throws CommandFailure if nothing answers there, or the wish is refused, in the API's words
   */
  JsonNode send(String method, String path, Object body)
      throws CommandFailure, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve(path));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> answer =
        send(
            request.method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.text(body))));
    refused(answer);
    JsonNode said = tree(answer);
    if (answer.statusCode() / 100 != 2) {
      throw new CommandFailure(
          CommandFailure.REFUSED, Terminal.plain(said.path("detail").asText("refused")));
    }
    return said;
  }

  private void refused(HttpResponse<String> answer) throws CommandFailure {
    if (answer.statusCode() == 401 || answer.statusCode() == 403) {
      String detail = tree(answer).path("detail").asText("refused");
      throw new CommandFailure(
          CommandFailure.REFUSED,
          Terminal.plain(detail) + "; a token is shown by --token-file or TOCSIN_TOKEN");
    }
  }

  private JsonNode tree(HttpResponse<String> answer) throws CommandFailure {
    try {
      return Json.tree(answer.body());
    } catch (JsonProcessingException other) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING, api + " answers, but not as Tocsin's API does", other);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws CommandFailure, InterruptedException {
    String token = token();
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpClient through = client();
    try {
      HttpResponse<String> answer =
          through.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
      if (answer.statusCode() == SPEAKS_TLS_ONLY) {
        throw new CommandFailure(
            CommandFailure.NOT_RUNNING,
            "the API at "
                + api
                + " speaks TLS only; write --api https://..., and --ca if the"
                + " authority of its certificate is your own");
      }
      return answer;
    } catch (IOException | IllegalArgumentException away) {
      Optional<String> trouble = TlsTrouble.of(away);
      if (trouble.isPresent()) {
        throw new CommandFailure(
            CommandFailure.NOT_RUNNING, "the API at " + api + ": " + trouble.get(), away);
      }
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING,
          "no pipeline answers at "
              + api
              + ": start one with tocsin up, or name another with --api",
          away);
    }
  }

  /** Made once: {@code tocsin top} asks every second, and a handshake each time would cost most. */
  private synchronized HttpClient client() throws CommandFailure {
    if (client == null) {
      HttpClient.Builder made = HttpClient.newBuilder().connectTimeout(TIMEOUT);
      if (ca != null || certificate != null || key != null) {
        try {
          made.sslContext(
              new ClientTls(ca, certificate, key == null ? null : new SecretRef(key, null))
                  .context());
        } catch (IOException | IllegalArgumentException unusable) {
          throw new CommandFailure(
              2, "--ca, --certificate, --key: " + unusable.getMessage(), unusable);
        }
      }
      client = made.build();
    }
    return client;
  }
}
