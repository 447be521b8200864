package io.tocsin.deploy;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One object of the Kubernetes API, as it is written.
 *
 * @param file where it stands
 * @param json what stands there
 */
record Manifest(String file, JsonNode json) {

  String kind() {
    return json.path("kind").asText();
  }

  String name() {
    return json.at("/metadata/name").asText();
  }

  /** Empty for what belongs to no namespace. */
  String namespace() {
    return json.at("/metadata/namespace").asText();
  }

  boolean is(String kind, String namespace, String name) {
    return kind().equals(kind) && namespace().equals(namespace) && name().equals(name);
  }

  @Override
  public String toString() {
    return file + ": " + kind() + " " + namespace() + "/" + name();
  }
}
