package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewestCheckpointTest {

  private static final String FIRST_RUN = "0123456789abcdef0123456789abcdef";
  private static final String SECOND_RUN = "fedcba9876543210fedcba9876543210";

  @TempDir Path temp;

  @Test
  void thereIsNoneBeforeTheFirstRun() {
    assertThat(new NewestCheckpoint(temp.resolve("missing")).complete()).isEmpty();
  }

  @Test
  void theHighestNumberIsNewestOverAllRunsWhateverTheClockSaid() throws Exception {
    Path older = complete(FIRST_RUN, 9);
    Path newer = complete(SECOND_RUN, 10);
    Files.setLastModifiedTime(newer.resolve("_metadata"), FileTime.fromMillis(1_000));
    assertThat(paths()).containsExactly(newer, older);
  }

  @Test
  void oneWithoutMetadataIsStillBeingWritten() throws Exception {
    Path complete = complete(FIRST_RUN, 1);
    Files.createDirectories(temp.resolve(FIRST_RUN).resolve("chk-2"));
    assertThat(paths()).containsExactly(complete);
  }

  @Test
  void oneWithDamagedMetadataIsPassedOver() throws Exception {
    Path complete = complete(FIRST_RUN, 1);
    Path empty = complete(FIRST_RUN, 2);
    Files.write(empty.resolve("_metadata"), new byte[0]);
    Path torn = complete(FIRST_RUN, 3);
    byte[] whole = Files.readAllBytes(torn.resolve("_metadata"));
    Files.write(torn.resolve("_metadata"), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThat(paths()).containsExactly(complete);
  }

  @Test
  void onlyWhatIsNamedAsFlinkNamesItCounts() throws Exception {
    complete("not-a-job-id", 7);
    Path odd = temp.resolve(FIRST_RUN).resolve("chk-99999999999999999999");
    Files.createDirectories(odd);
    Files.createDirectories(temp.resolve(FIRST_RUN).resolve("shared"));
    assertThat(paths()).isEmpty();
  }

  @Test
  void aRefusedOneIsKeptButNoLongerACandidate() throws Exception {
    Path older = complete(FIRST_RUN, 1);
    complete(FIRST_RUN, 2);
    NewestCheckpoint store = new NewestCheckpoint(temp);
    store.refuse(store.complete().get(0));
    assertThat(paths()).containsExactly(older);
    assertThat(temp.resolve(FIRST_RUN).resolve("refused-chk-2").resolve("_metadata")).exists();
  }

  @Test
  void runsWithoutANeededCheckpointAreDeletedAndNothingElse() throws Exception {
    complete(FIRST_RUN, 1);
    complete(SECOND_RUN, 2);
    complete(SECOND_RUN, 3);
    Path foreign = Files.createDirectories(temp.resolve("notes"));
    new NewestCheckpoint(temp).discardOlderThan(2);
    assertThat(temp.resolve(FIRST_RUN)).doesNotExist();
    assertThat(temp.resolve(SECOND_RUN)).exists();
    assertThat(foreign).exists();
  }

  @Test
  void aRunWithANeededCheckpointIsKept() throws Exception {
    Path needed = complete(FIRST_RUN, 1);
    complete(SECOND_RUN, 2);
    new NewestCheckpoint(temp).discardOlderThan(2);
    assertThat(needed).exists();
  }

  private List<Path> paths() {
    return new NewestCheckpoint(temp)
        .complete().stream().map(NewestCheckpoint.Checkpoint::path).toList();
  }

  private Path complete(String run, long number) throws IOException {
    Path path = Files.createDirectories(temp.resolve(run).resolve("chk-" + number));
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(path.resolve("_metadata")))) {
      Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(number, List.of(), List.of()), out);
    }
    return path;
  }
}
