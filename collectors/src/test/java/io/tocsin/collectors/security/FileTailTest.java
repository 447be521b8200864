package io.tocsin.collectors.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTailTest {

  private final List<String> lines = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("events.json");
  }

  @Test
  void fromTheBeginningEverythingIsRead() throws Exception {
    append("a\nb\r\n\nc\n");
    assertThat(read(tail(false))).containsExactly("a", "b\r", "c");
  }

  @Test
  void fromTheEndOnlyWhatComesIsRead() throws Exception {
    append("old\nhalf");
    FileTail tail = tail(true);
    assertThat(read(tail)).isEmpty();
    append(" of an old one\nnew\n");

    assertThat(read(tail)).containsExactly("new");
  }

  @Test
  void aLineWithoutAnEndWaitsForIt() throws Exception {
    FileTail tail = tail(false);
    append("one\ntw");
    assertThat(read(tail)).containsExactly("one");
    append("o");
    assertThat(read(tail)).isEmpty();
    append("\nthree\n");

    assertThat(read(tail)).containsExactly("two", "three");
  }

  @Test
  void aFileThatIsRenamedIsReadToItsEndBeforeTheNewOne() throws Exception {
    FileTail tail = tail(true);
    append("");
    read(tail);
    append("a\n");
    read(tail);
    append("b\nc");
    Files.move(file, folder.resolve("events.json.1"));
    append("d\n");

    assertThat(read(tail)).containsExactly("b", "c", "d");
  }

  @Test
  void aFileThatIsCutToNothingIsReadFromItsBeginning() throws Exception {
    FileTail tail = tail(false);
    append("a\nb\nc\n");
    read(tail);
    Files.writeString(file, "d\n");

    assertThat(read(tail)).containsExactly("d");
  }

  @Test
  void aFileThatAppearsLaterIsReadWhole() throws Exception {
    FileTail tail = tail(true);
    assertThatThrownBy(() -> read(tail)).isInstanceOf(CollectorException.class);
    append("a\n");

    assertThat(read(tail)).containsExactly("a");
  }

  @Test
  void aFileThatGoesAndComesAgainLosesNothing() throws Exception {
    FileTail tail = tail(false);
    append("a\n");
    read(tail);
    append("b\n");
    Files.delete(file);
    assertThatThrownBy(() -> read(tail)).isInstanceOf(CollectorException.class);
    append("c\n");
    read(tail);

    assertThat(lines).containsExactly("a", "b", "c");
  }

  @Test
  void aLineThatIsTooLongIsLeftOutAndNamedAndTheNextIsRead() throws Exception {
    append("a\n" + "x".repeat(300_000) + "\nb\n");
    FileTail tail = tail(false);
    for (int i = 0; i < 5; i++) {
      read(tail);
    }

    assertThat(lines).containsExactly("a", "b");
    assertThat(problems).extracting(Problem::reason).containsExactly(Reason.OVER_LIMIT);
  }

  @Test
  void aFileThatGrowsFasterThanItIsReadIsReadInPortions() throws Exception {
    append("0123456789\n".repeat(50_000));
    FileTail tail = tail(false);
    read(tail);
    assertThat(lines).hasSizeBetween(5_000, 15_000);
    for (int i = 0; i < 10; i++) {
      read(tail);
    }

    assertThat(lines).hasSize(50_000).containsOnly("0123456789");
  }

  @Test
  void bytesThatAreNoTextAreReplaced() throws Exception {
    Files.write(file, new byte[] {'a', (byte) 0xFF, (byte) 0xC3, 'b', '\n'});

    assertThat(read(tail(false))).containsExactly("a\uFFFD\uFFFDb");
  }

  @Test
  void aFolderOrAPipeIsRefusedWithoutOpeningIt() throws Exception {
    Files.createDirectory(file);

    assertThatThrownBy(() -> read(tail(false))).hasMessageContaining("no regular file");
  }

  @Test
  void aPassThatIsInterruptedIsMadeUpForByTheNext() throws Exception {
    FileTail tail = tail(false);
    append("a\n");
    read(tail);
    append("b\n");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> read(tail)).isInstanceOf(InterruptedException.class);
    Thread.interrupted();

    assertThat(read(tail)).containsExactly("b");
  }

  private FileTail tail(boolean fromEnd) {
    return new FileTail(file, fromEnd, 64 * 1024, 100_000);
  }

  /** The lines of this pass. */
  private List<String> read(FileTail tail) throws Exception {
    int before = lines.size();
    tail.read(lines::add, problems::add);
    return lines.subList(before, lines.size());
  }

  private void append(String text) throws IOException {
    Files.write(
        file,
        text.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
