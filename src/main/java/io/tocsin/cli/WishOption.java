package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A wish of a person about one incident: which one, who, and where to send it. */
final class WishOption {

  @Mixin private ApiOption api;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who you are (default: ${DEFAULT-VALUE}).")
  private String by;

  @Parameters(index = "0", paramLabel = "ID", description = "Id of the incident.")
  private String id;

  String id() {
    return id;
  }

  /** Sends it; the API keeps it before it answers. */
  JsonNode send(String action, Map<String, Object> more)
      throws CommandFailure, InterruptedException {
    if (!id.matches("[A-Za-z0-9_-]{1,128}")) {
      throw new CommandFailure(2, "not an incident id: it has letters, digits, - and _ only");
    }
    Map<String, Object> body = new LinkedHashMap<>(more);
    body.put("by", api.by(by));
    return api.send("POST", "/api/v1/incidents/" + id + "/" + action, body);
  }
}
