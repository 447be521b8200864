package io.tocsin.collectors.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collectors.policy.ClassificationConfig.Action;
import io.tocsin.schemas.secret.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassificationTest {

  @TempDir Path directory;

  private final Map<String, Integer> counts = new TreeMap<>();
  private final Tally tally = (what, reason) -> counts.merge(what + " " + reason, 1, Integer::sum);

  private static ClassificationConfig config(
      List<String> publicNames, List<String> internalNames, SecretRef key) {
    return new ClassificationConfig(
        publicNames, internalNames, List.of("card-*"), null, null, null, key);
  }

  private SecretRef key(String text) throws IOException {
    return SecretRef.in(Files.writeString(directory.resolve("key" + text.hashCode()), text));
  }

  @Test
  void whatUsuallyIsSecretIsDroppedByItsNameAndCounted() {
    Classification usual = new Classification(ClassificationConfig.DEFAULT);

    assertThat(
            usual.apply(
                Map.of("DB_PASSWORD", "x", "Authorization", "y", "set-cookie", "z", "route", "/"),
                tally))
        .isEqualTo(Map.of("route", "/"));
    assertThat(counts).isEqualTo(Map.of("CLASSIFIED secret-dropped", 3));
  }

  @Test
  void labelsWithNothingSecretAreTheSameObject() {
    Map<String, String> labels = Map.of("route", "/api", "code", "200");

    assertThat(new Classification(ClassificationConfig.DEFAULT).apply(labels, tally))
        .isSameAs(labels);
    assertThat(counts).isEmpty();
  }

  @Test
  void whatIsPublicIsKeptWhateverItLooksLike() {
    Classification ours =
        new Classification(config(List.of("token_type", "owner"), List.of(), null));
    Map<String, String> labels = Map.of("token_type", "refresh", "owner", "team@example.com");

    assertThat(ours.apply(labels, tally)).isSameAs(labels);
  }

  @Test
  void namesOfOnesOwnAreSecretToo() {
    Classification ours = new Classification(config(List.of(), List.of(), null));

    assertThat(ours.apply(Map.of("Card-Number", "4111"), tally)).isEmpty();
  }

  @Test
  void whatIsInternalIsHashedAlikeWithOneKeyAndOtherwiseWithAnother() throws Exception {
    Classification one =
        new Classification(config(List.of(), List.of("user"), key("key of the fleet")));
    Classification same =
        new Classification(config(List.of(), List.of("user"), key("key of the fleet")));
    Classification other = new Classification(config(List.of(), List.of("user"), key("another")));

    String hash = one.apply(Map.of("user", "ann"), tally).get("user");

    assertThat(hash).matches("hash-[\\w-]{16}").doesNotContain("ann");
    assertThat(same.apply(Map.of("user", "ann"), tally)).containsEntry("user", hash);
    assertThat(other.apply(Map.of("user", "ann"), tally).get("user")).isNotEqualTo(hash);
    assertThat(one.apply(Map.of("user", "bob"), tally).get("user")).isNotEqualTo(hash);
    assertThat(counts).containsEntry("CLASSIFIED internal-hashed", 4);
  }

  @Test
  void nothingIsHashedWithoutAKey() {
    assertThatThrownBy(() -> new Classification(config(List.of(), List.of("user"), null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("agent.classification")
        .hasMessageContaining("key");
  }

  @Test
  void secretsCannotBeKept() {
    assertThatThrownBy(
            () -> new ClassificationConfig(null, null, null, null, null, Action.KEEP, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("public-names");
  }

  @Test
  void whereTheUsualIsSwitchedOffOnlyOnesOwnNamesCount() {
    Classification ours =
        new Classification(
            new ClassificationConfig(null, null, List.of("card"), false, null, null, null));

    assertThat(ours.apply(Map.of("password", "x", "card", "y"), tally))
        .isEqualTo(Map.of("password", "x"));
  }
}
