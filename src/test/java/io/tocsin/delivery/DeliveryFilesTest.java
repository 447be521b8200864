package io.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.tocsin.e2e.RealPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files of {@code deploy/delivery}: scripts that check what is delivered, and who calls them.
 */
class DeliveryFilesTest {

  private static final Path DELIVERY =
      Path.of("..", "deploy", "delivery").toAbsolutePath().normalize();

  private static final String LICENCES =
      """
      {"allowed": {"Apache-2.0": "ours"},
       "names": {"The Apache License": "Apache-2.0"},
       "artifacts": {"g/odd": {"licence": "Apache-2.0", "reason": "its jar says so"}}}
      """;

  @TempDir Path directory;

  private record Ended(int status, String output) {}

  private Ended run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(words));
    command.set(0, DELIVERY.resolve(words[0]).toString());
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    return new Ended(process.waitFor(), output);
  }

  private static void needJq() throws InterruptedException {
    RealPart.need("jq", "install it (Debian: apt-get install jq)", "jq", "--version");
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private static String sbom(String components) {
    return "{\"bomFormat\": \"CycloneDX\", \"components\": [" + components + "]}";
  }

  private static String component(String name, String licences) {
    return "{\"group\": \"g\", \"name\": \"%s\", \"version\": \"1\", \"licenses\": [%s]}"
        .formatted(name, licences);
  }

  @Test
  void aLicenceThatIsNotAllowedFailsAndTheArtifactIsNamed() throws Exception {
    needJq();
    String list = write("licences.json", LICENCES);
    String odd = component("odd", "");
    String good = component("good", "{\"license\": {\"name\": \"The Apache License\"}}");
    String gpl = component("bad", "{\"license\": {\"id\": \"GPL-3.0-only\"}}");
    String none = component("none", "");
    assertThat(run("licence-check", write("good.json", sbom(odd + "," + good)), list))
        .isEqualTo(new Ended(0, "licences: good: 2 components\n"));
    Ended bad = run("licence-check", write("bad.json", sbom(good + "," + gpl + "," + none)), list);
    assertThat(bad.status()).isEqualTo(1);
    assertThat(bad.output())
        .contains(
            "licences: g/bad 1 is under GPL-3.0-only, which is not allowed",
            "licences: g/none 1 names no licence",
            "licences: g/odd is settled and not there any more",
            "3 problems");
  }

  @Test
  void everyLicenceOfTheListHasAReason() throws Exception {
    JsonNode list = new ObjectMapper().readTree(DELIVERY.resolve("licences.json").toFile());
    assertThat(list.path("allowed")).isNotEmpty().allMatch(reason -> reason.asText().length() > 10);
    assertThat(list.path("artifacts"))
        .allMatch(
            artifact ->
                artifact.path("reason").asText().length() > 10
                    && list.path("allowed").has(artifact.path("licence").asText()));
    assertThat(list.path("names")).allMatch(id -> list.path("allowed").has(id.asText()));
  }

  @Test
  void aJarThatTheSbomDoesNotTellOfFails() throws Exception {
    needJq();
    Path jars = Files.createDirectory(directory.resolve("lib"));
    Files.writeString(jars.resolve("a.jar"), "a");
    String ofA = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
    String hashes =
        "{\"group\": \"g\", \"name\": \"a\", \"hashes\": [{\"alg\": \"SHA-256\", \"content\": \"%s\"}]}";
    String sbom = write("sbom.json", sbom(hashes.formatted(ofA)));
    assertThat(run("sbom-check", sbom, jars.toString()))
        .isEqualTo(new Ended(0, "sbom: 1 components; all of 1 jars are among them\n"));
    Files.writeString(jars.resolve("b.jar"), "b");
    Ended lacking = run("sbom-check", sbom, jars.toString());
    assertThat(lacking.status()).isEqualTo(1);
    assertThat(lacking.output()).contains("it does not tell of", "b.jar", "1 of 2 jars");
  }

  @Test
  void aSecretThatIsPlantedIsFoundAndNotShown() throws Exception {
    boolean there = Stream.of(System.getenv("PATH").split(":")).anyMatch(this::hasGitleaks);
    assumeTrue(there, "gitleaks is not there; deploy/delivery/pipeline secrets fetches its own");
    byte[] random = new byte[30];
    new Random().nextBytes(random);
    // Made now, so that the repository holds none.
    String secret =
        "ghp_" + Base64.getEncoder().encodeToString(random).replaceAll("\\W", "x").substring(0, 36);
    write("notes.txt", "token = \"" + secret + "\"\n");
    Process process =
        new ProcessBuilder(
                "gitleaks",
                "dir",
                directory.toString(),
                "--no-banner",
                "--redact",
                "-v",
                "--config",
                DELIVERY.resolve("gitleaks.toml").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isEqualTo(1);
    assertThat(output).contains("notes.txt").doesNotContain(secret);
  }

  private boolean hasGitleaks(String path) {
    return Files.isExecutable(Path.of(path, "gitleaks"));
  }

  @Test
  void scriptsAreCleanByShellcheck() throws Exception {
    RealPart.need(
        "shellcheck", "install it (Debian: apt-get install shellcheck)", "shellcheck", "--version");
    List<String> command = new ArrayList<>(List.of("shellcheck"));
    try (Stream<Path> files = Files.list(DELIVERY)) {
      files.filter(Files::isExecutable).map(Path::toString).sorted().forEach(command::add);
    }
    assertThat(command).hasSizeGreaterThan(5);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void anUnknownStageIsToldAndNothingIsRun() throws Exception {
    Ended unknown = run("pipeline", "build", "deploy-it");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.output()).contains("there is no such stage").doesNotContain("Maven");
    assertThat(run("pipeline").output()).contains("deploy/delivery/pipeline STAGE...");
  }

  @Test
  void aCommandThatFailsEndsItsStageAndWhatIsMissingIsNotGood() throws Exception {
    Path delivery = Files.createDirectories(directory.resolve("home/deploy/delivery"));
    Path pipeline = Files.copy(DELIVERY.resolve("pipeline"), delivery.resolve("pipeline"));
    Path bin = Files.createDirectory(directory.resolve("bin"));
    // Nothing of this machine's own, but for what a script cannot do without.
    for (String tool : List.of("bash", "dirname", "readlink", "mkdir", "cat", "sed")) {
      Files.createSymbolicLink(bin.resolve(tool), program(tool));
    }
    Path mvn = bin.resolve("mvn");
    Files.writeString(mvn, "#!/bin/sh\necho called \"$@\"\nexit 3\n");
    Files.createDirectories(directory.resolve("home/src/target/lib"));
    assertThat(mvn.toFile().setExecutable(true)).isTrue();
    Ended failed = pipeline(pipeline, bin, "", "sbom", "image");
    assertThat(failed.status()).as(failed.output()).isEqualTo(3);
    assertThat(failed.output()).contains("called").doesNotContain("NOT RUN");
    Ended missing = pipeline(pipeline, bin, "", "image", "sbom");
    assertThat(missing.status()).as(missing.output()).isEqualTo(77);
    assertThat(missing.output()).contains("image: NOT RUN: docker").doesNotContain("called");
    Ended allowed = pipeline(pipeline, bin, "image vulnerabilities", "image", "vulnerabilities");
    assertThat(allowed.status()).as(allowed.output()).isZero();
    assertThat(allowed.output()).endsWith("good, but NOT RUN: image vulnerabilities\n");
  }

  private static Path program(String name) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(path -> Path.of(path, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private static Ended pipeline(Path pipeline, Path bin, String mayBeMissing, String... stages)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(pipeline.toString()));
    command.addAll(List.of(stages));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("TOCSIN_MAY_BE_MISSING", mayBeMissing);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    return new Ended(process.waitFor(), output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"github.yaml", "gitlab.yaml"})
  void theSamplesForCiSystemsCallStagesThatThereAre(String file) throws Exception {
    JsonNode all = new ObjectMapper(new YAMLFactory()).readTree(DELIVERY.resolve(file).toFile());
    String script = Files.readString(DELIVERY.resolve("pipeline"));
    List<String> stages =
        texts(all).stream()
            .filter(text -> text.startsWith("deploy/delivery/pipeline "))
            .flatMap(text -> Stream.of(text.split(" ")).skip(1))
            .toList();
    assertThat(stages).contains("build", "test", "sbom", "licences", "secrets", "rollout");
    assertThat(stages).allMatch(stage -> script.contains("run_" + stage + "()"));
  }

  /** Every text of a tree. */
  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(child -> texts.addAll(texts(child)));
    return texts;
  }
}
