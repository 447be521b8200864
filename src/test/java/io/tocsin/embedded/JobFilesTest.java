package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFilesTest {

  private static final String RUN = "0123456789abcdef0123456789abcdef";

  @TempDir Path temp;
  private DataDirectory data;
  private JobFiles files;
  private Path backup;

  @BeforeEach
  void create() throws IOException {
    data = new DataDirectory(temp.resolve("data"));
    data.create();
    files = new JobFiles(data, "job");
    backup = Files.createDirectories(temp.resolve("backup"));
  }

  @Test
  void withoutAnyThereIsNone() {
    assertThat(files.newest()).isEmpty();
    assertThat(files.newestBegun()).isZero();
  }

  @Test
  void oneThatIsBegunIsSeenBeforeItIsComplete() throws IOException {
    checkpoint("job", RUN, 3, "read-a", "book");
    Files.createDirectories(data.checkpoints().resolve("job").resolve(RUN).resolve("chk-4"));
    assertThat(files.newest()).hasValueSatisfying(kept -> assertThat(kept.number()).isEqualTo(3));
    assertThat(files.newestBegun()).isEqualTo(4);
  }

  @Test
  void whatIsPutBackKnowsNothingOfTheTopicsItWasAt() throws IOException {
    List<Path> copies = copies();
    JobFiles found = new JobFiles(new DataDirectory(temp.resolve("found")), "job");
    found.putBack(copies, "job-", 7, RUN);
    found.putBack(copies, "job-", 7, RUN); // an interrupted restore is done again
    JobFiles.Kept kept = found.newest().orElseThrow();
    assertThat(kept.number()).isEqualTo(7);
    assertThat(kept.directory().resolve("state")).hasContent("book's");
    try (var in = new java.io.DataInputStream(Files.newInputStream(metadata(kept.directory())))) {
      assertThat(
              Checkpoints.loadCheckpointMetadata(in, getClass().getClassLoader(), "x")
                  .getOperatorStates())
          .extracting(state -> state.getOperatorUid().orElseThrow())
          .containsExactly("book");
    }
  }

  @Test
  void whereTheJobHasStateOfItsOwnNothingIsPut() throws IOException {
    List<Path> copies = copies();
    assertThatThrownBy(() -> files.putBack(copies, "job-", 7, "f".repeat(32)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has state of its own");
    assertThat(files.newest().orElseThrow().number()).isEqualTo(3);
  }

  @Test
  void whatIsNoStateOfThisJobIsRefused() throws IOException {
    checkpoint("other", RUN, 1, "source", "book");
    List<Path> copies =
        JobFiles.copy(new JobFiles(data, "other").newest().orElseThrow(), backup, "job-");
    Path target = Files.createDirectories(temp.resolve("savepoint"));
    assertThatThrownBy(() -> JobFiles.putInto(target, copies, "job-"))
        .hasMessageContaining("of another job");
    assertThatThrownBy(() -> JobFiles.putInto(target, List.of(), "job-"))
        .hasMessageContaining("has no _metadata");
  }

  private List<Path> copies() throws IOException {
    checkpoint("job", RUN, 3, "read-a", "book", "read-b");
    return JobFiles.copy(files.newest().orElseThrow(), backup, "job-");
  }

  private void checkpoint(String job, String run, long number, String... uids) throws IOException {
    Path directory =
        Files.createDirectories(
            data.checkpoints().resolve(job).resolve(run).resolve("chk-" + number));
    Files.writeString(directory.resolve("state"), "book's");
    List<OperatorState> states =
        Stream.of(uids)
            .map(uid -> new OperatorState(uid, uid, new OperatorID(uid.hashCode(), 1), 1, 128))
            .toList();
    try (OutputStream out = Files.newOutputStream(metadata(directory))) {
      Checkpoints.storeCheckpointMetadata(new CheckpointMetadata(number, states, List.of()), out);
    }
  }

  private static Path metadata(Path checkpoint) {
    return checkpoint.resolve("_metadata");
  }
}
