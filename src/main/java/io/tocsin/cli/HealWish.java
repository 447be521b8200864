package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A wish of a person to the responder: who, and where to send it. */
final class HealWish {

  @Mixin private ApiOption api;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who you are (default: ${DEFAULT-VALUE}).")
  private String by;

  /** Sends it; the API keeps it before it answers. */
  JsonNode send(String path, Map<String, Object> more) throws CommandFailure, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>(more);
    body.put("by", api.by(by));
    return api.send("POST", path, body);
  }

  /**
   * An id that may be part of a path.
   *
   * @throws CommandFailure if it may not
   */
  static String plan(String id) throws CommandFailure {
    if (!id.matches("[A-Za-z0-9_-]{1,128}")) {
      throw new CommandFailure(2, "not a plan id: it has letters, digits, - and _ only");
    }
    return id;
  }
}
