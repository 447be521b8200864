package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomyPointStoreTest {

  @TempDir Path directory;
  private final List<String> written = new ArrayList<>();

  private PointStore.Answer write(long reserve) {
    PointStore store =
        new PointStore() {
          @Override
          public Answer write(List<String> lines) {
            written.addAll(lines);
            return new Answer.Stored();
          }

          @Override
          public void close() {}
        };
    return new RoomyPointStore(store, new StoreRoom(directory, reserve)).write(List.of("a b=1 1"));
  }

  @Test
  void whereThereIsRoomPointsAreWritten() {
    assertThat(write(1)).isInstanceOf(PointStore.Answer.Stored.class);
    assertThat(written).hasSize(1);
  }

  @Test
  void intoTheReserveNothingIsWrittenAndItIsSaidWhereRoomIsNeeded() {
    assertThat(write(Long.MAX_VALUE))
        .isInstanceOfSatisfying(
            PointStore.Answer.Unavailable.class,
            away -> assertThat(away.reason()).contains(directory.toString(), "make room there"));
    assertThat(written).isEmpty();
  }

  @Test
  void suspendedTablesAreNamedWithTheReasonOfTheFirst() {
    Map<String, SuspendedTables.Stopped> stopped = new TreeMap<>();
    stopped.put("windows", new SuspendedTables.Stopped(7, "[28] No space left"));
    stopped.put("latencies", new SuspendedTables.Stopped(9, "DISK FULL"));
    assertThat(SuspendedTables.words(stopped))
        .contains("latencies, windows (DISK FULL)", "give it disk space");
  }
}
