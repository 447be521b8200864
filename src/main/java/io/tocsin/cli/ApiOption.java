package io.tocsin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import picocli.CommandLine.Option;

/** {@code --api}: which running pipeline a command asks. */
final class ApiOption {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @Option(
      names = "--api",
      paramLabel = "URL",
      defaultValue = "${env:TOCSIN_API:-http://127.0.0.1:18080}",
      description = "API of the running pipeline (default: ${DEFAULT-VALUE}; or set TOCSIN_API).")
  private URI api;

  URI address() {
    return api;
  }

  /**
   * Asks for a path; 503 counts as an answer, because readiness answers so.
   *
   * @throws CommandFailure if nothing answers there, or something else than the API does
   */
  JsonNode get(String path) throws CommandFailure, InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    try {
      HttpRequest request = HttpRequest.newBuilder(api.resolve(path)).timeout(TIMEOUT).build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200 && answer.statusCode() != 503) {
        throw new CommandFailure(
            CommandFailure.NOT_RUNNING,
            api.resolve(path) + " answered " + answer.statusCode() + ": is it Tocsin's API?");
      }
      return Json.tree(answer.body());
    } catch (JsonProcessingException other) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING, api + " answers, but not as Tocsin's API does", other);
    } catch (IOException | IllegalArgumentException away) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING,
          "no pipeline answers at "
              + api
              + ": start one with tocsin up, or name another with --api",
          away);
    }
  }
}
