package io.tocsin.deploy;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** YAML as it stands in deploy/; a key that stands twice is an error. */
final class Yaml {

  /** Where the files are: tests run in src. */
  static final Path DEPLOY = Path.of("../deploy");

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private Yaml() {}

  /** Every document of a file. */
  static List<JsonNode> documents(Path file) {
    try (MappingIterator<JsonNode> all =
        MAPPER.readerFor(JsonNode.class).readValues(Files.readString(file))) {
      return all.readAll().stream().filter(each -> !each.isNull()).toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(file + ": " + broken.getMessage(), broken);
    }
  }

  /** The one document of a file. */
  static JsonNode document(Path file) {
    List<JsonNode> all = documents(file);
    if (all.size() != 1) {
      throw new IllegalStateException(file + " has " + all.size() + " documents");
    }
    return all.get(0);
  }

  /** What a list, or nothing, has in it. */
  static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(list.elements(), 0), false);
  }

  /** Texts of a list, or of nothing. */
  static List<String> texts(JsonNode list) {
    return each(list).map(JsonNode::asText).toList();
  }
}
