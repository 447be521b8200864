package io.tocsin.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The compose file, with what its anchors stand for in place. */
final class Compose {

  static final Path FILE = Yaml.DEPLOY.resolve("compose.yaml");

  private static final String IMAGE_OF_OURS = "${TOCSIN_IMAGE";

  private Compose() {}

  static JsonNode read() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try {
      return new ObjectMapper()
          .valueToTree(
              new org.yaml.snakeyaml.Yaml(new SafeConstructor(options))
                  .load(Files.readString(FILE)));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** The services by name. */
  static Map<String, JsonNode> services(JsonNode compose) {
    return compose.path("services").properties().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
  }

  static boolean isOurs(JsonNode service) {
    return service.path("image").asText().startsWith(IMAGE_OF_OURS);
  }

  /** Whether it does its work and ends. */
  static boolean ends(JsonNode service) {
    return service.at("/healthcheck/disable").asBoolean();
  }

  /** Names under which a service finds its secrets, by where they come from. */
  static Map<String, String> secrets(JsonNode service) {
    Map<String, String> secrets = new TreeMap<>();
    for (JsonNode secret : service.path("secrets")) {
      String source = secret.path("source").asText(secret.asText());
      secrets.put("/run/secrets/" + secret.path("target").asText(source), source);
    }
    return secrets;
  }

  static Set<String> networks(JsonNode service) {
    return Set.copyOf(Yaml.texts(service.path("networks")));
  }

  /** Parts of {@code source:target:mode}. */
  static List<String[]> volumes(JsonNode service) {
    return Yaml.texts(service.path("volumes")).stream().map(volume -> volume.split(":")).toList();
  }
}
