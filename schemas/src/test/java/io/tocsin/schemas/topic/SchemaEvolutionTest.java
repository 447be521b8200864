package io.tocsin.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every schema against the last one committed, under {@code src/test/resources/committed}. A
 * change of a schema is accepted by running this test with {@code -Dtocsin.schemas.accept=true},
 * which refuses what is not compatible both ways: whoever goes back to the version before has to
 * read what this one wrote.
 */
class SchemaEvolutionTest {

  private static final Path COMMITTED = Path.of("src/test/resources/committed");

  static Stream<Topic<?>> topics() {
    return Topics.all().stream();
  }

  @ParameterizedTest
  @MethodSource("topics")
  void todayAndTheLastCommittedVersionReadWhatTheOtherWrote(Topic<?> topic) throws IOException {
    Path file = COMMITTED.resolve(topic.subject() + ".avsc");
    boolean accept = Boolean.getBoolean("tocsin.schemas.accept");
    if (Files.exists(file)) {
      Schema committed = new Schema.Parser().parse(Files.readString(file));
      assertReads("this version", topic.schema(), "the one before", committed);
      assertReads("the version before", committed, "this one", topic.schema());
    }
    if (accept) {
      Files.writeString(file, text(topic));
    }
    assertThat(file)
        .as("a changed schema has to be accepted: run this test with -Dtocsin.schemas.accept=true")
        .content()
        .isEqualTo(text(topic));
  }

  private static void assertReads(String reader, Schema reads, String writer, Schema wrote) {
    var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(reads, wrote);
    assertThat(compatibility.getType())
        .as(
            "%s of %s reads what %s wrote: %s; a new field needs a default, one that goes needs to have"
                + " had one, and an enum a word for those that a reader does not know",
            reads.getFullName(), reader, writer, compatibility.getDescription())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  @ParameterizedTest
  @MethodSource("topics")
  void everyRecordAndFieldSaysWhatItIs(Topic<?> topic) {
    assertThat(undocumented(topic.schema()).toList()).isEmpty();
  }

  /** Otherwise it can never get another word that the version before could pass over. */
  @ParameterizedTest
  @MethodSource("topics")
  void everyEnumHasAWordForWhatAReaderDoesNotKnow(Topic<?> topic) {
    assertThat(closedEnums(topic.schema()).distinct()).isEmpty();
  }

  private static Stream<String> closedEnums(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> schema.getFields().stream().flatMap(field -> closedEnums(field.schema()));
      case UNION -> schema.getTypes().stream().flatMap(SchemaEvolutionTest::closedEnums);
      case ARRAY -> closedEnums(schema.getElementType());
      case MAP -> closedEnums(schema.getValueType());
      case ENUM -> schema.getEnumDefault() == null ? Stream.of(schema.getName()) : Stream.empty();
      default -> Stream.empty();
    };
  }

  private static String text(Topic<?> topic) {
    return SchemaFormatter.format("json/pretty", topic.schema()) + "\n";
  }

  private static Stream<String> undocumented(Schema schema) {
    return switch (schema.getType()) {
      case RECORD ->
          Stream.concat(
              schema.getDoc() == null ? Stream.of(schema.getName()) : Stream.empty(),
              schema.getFields().stream()
                  .flatMap(
                      field ->
                          Stream.concat(
                              field.doc() == null
                                  ? Stream.of(schema.getName() + "." + field.name())
                                  : Stream.empty(),
                              undocumented(field.schema()))));
      case UNION -> schema.getTypes().stream().flatMap(SchemaEvolutionTest::undocumented);
      case ARRAY -> undocumented(schema.getElementType());
      case ENUM -> schema.getDoc() == null ? Stream.of(schema.getName()) : Stream.empty();
      default -> Stream.empty();
    };
  }
}
