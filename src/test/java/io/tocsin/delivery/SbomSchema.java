package io.tocsin.delivery;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;

/**
 * Whether an SBOM is what CycloneDX 1.6 says: {@code SbomSchema JAR SBOM}. The schemas are those in
 * the jar of cyclonedx-core-java, which {@code deploy/delivery/pipeline sbom} fetches.
 */
public final class SbomSchema {

  private static final String AT = "http://cyclonedx.org/schema/";
  private static final int SHOWN = 20;

  private final Schema schema;

  private SbomSchema(Path jar) {
    schema =
        SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_7, builder -> builder.schemas(id -> text(jar, id)))
            .getSchema(text(jar, AT + "bom-1.6.schema.json"));
  }

  private static String text(Path jar, String id) {
    if (!id.startsWith(AT)) {
      return null;
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      byte[] bytes = zip.getInputStream(zip.getEntry(id.substring(AT.length()))).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new IllegalStateException(jar + " has no schema " + id, broken);
    }
  }

  private List<String> problems(String sbom) {
    return schema.validate(sbom, InputFormat.JSON).stream().map(Error::toString).toList();
  }

  /** Ends with 1 if it is not. */
  public static void main(String[] arguments) throws IOException {
    List<String> problems =
        new SbomSchema(Path.of(arguments[0])).problems(Files.readString(Path.of(arguments[1])));
    problems.stream().limit(SHOWN).forEach(problem -> System.err.println("sbom: " + problem));
    System.out.println(
        "sbom: " + (problems.isEmpty() ? "is" : "is not") + " what CycloneDX 1.6 says");
    System.exit(problems.isEmpty() ? 0 : 1);
  }
}
