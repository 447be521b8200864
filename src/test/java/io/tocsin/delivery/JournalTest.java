package io.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.delivery.Entry.Event;
import io.tocsin.delivery.signal.Baseline;
import io.tocsin.delivery.signal.InstanceReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;

  private static Entry entry(Event event, Baseline baseline) {
    return new Entry(AT, "r-1", event, "2", null, "a", List.of("why"), Map.of("a", "1"), baseline);
  }

  private static Baseline baseline() {
    return new Baseline(
        AT,
        AT,
        Map.of("g/t", 7L),
        Set.of("t/0/1"),
        0.5,
        Map.of("k", 3L),
        0.25,
        Set.of("i"),
        Map.of(
            "a",
            new InstanceReading.Answered(true, "ready", "1", 12, Map.of("errors_total", 2.0)),
            "b",
            new InstanceReading.Silent("refused")));
  }

  private Journal take() throws IOException {
    return Journal.take(directory, entry -> {}).orElseThrow();
  }

  @Test
  void whatIsWrittenIsReadAgainAndToldAtOnce() throws Exception {
    List<Entry> told = new ArrayList<>();
    Entry begun = entry(Event.BEGUN, baseline());
    try (Journal journal = Journal.take(directory, told::add).orElseThrow()) {
      journal.append(begun);
      journal.append(entry(Event.DONE, null));
    }
    try (Journal journal = take()) {
      assertThat(journal.entries()).containsExactly(begun, entry(Event.DONE, null));
      assertThat(told).isEqualTo(journal.entries());
    }
    assertThat(Files.readAllLines(Journal.file(directory))).hasSize(2);
  }

  @Test
  void halfALineOfACrashIsOverwritten() throws Exception {
    try (Journal journal = take()) {
      journal.append(entry(Event.BEGUN, null));
    }
    Files.writeString(Journal.file(directory), "{\"at\":\"20", StandardOpenOption.APPEND);
    try (Journal journal = take()) {
      assertThat(journal.entries()).hasSize(1);
      journal.append(entry(Event.DONE, null));
    }
    try (Journal journal = take()) {
      assertThat(journal.entries())
          .extracting(Entry::event)
          .containsExactly(Event.BEGUN, Event.DONE);
    }
  }

  @Test
  void aFileThatIsNoJournalIsLeftAlone() throws Exception {
    Files.writeString(Journal.file(directory), "hello\n");
    assertThatThrownBy(this::take)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("rollout.jsonl:1 is no line of this journal");
    assertThat(Journal.file(directory)).hasContent("hello\n");
  }
}
