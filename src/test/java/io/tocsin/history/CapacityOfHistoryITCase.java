package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.capacity.Figure;
import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.capacity.source.HistoryFleet;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.Ports;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Capacity reads a real store what was written into it. */
class CapacityOfHistoryITCase {

  @Test
  void hostsAndVmsComeOutOfHistoryAsTheyWentIn(@TempDir Path temp) throws Exception {
    DataDirectory data = new DataDirectory(temp);
    data.create();
    try (EmbeddedQuestDb questDb = new EmbeddedQuestDb(data, Ports.free())) {
      questDb.start();
      HistoryPlace place = QuestDbHistoryITCase.place(questDb);
      place.prepare();
      FilledHistory filled = new FilledHistory(place, Duration.ofSeconds(2));
      filled.write();
      filled.awaitAll();
      try (HistoryStore store = place.open()) {
        Fleet fleet =
            HistoryFleet.read(
                store, HistoryStoreContract.NOON, HistoryStoreContract.TWO, id -> true);

        assertThat(fleet.resources())
            .extracting(ResourceSeries::id)
            .hasSize(3)
            .contains("host/a", "vm/b");
        ResourceSeries vm =
            fleet.resources().stream().filter(each -> each.id().equals("vm/b")).findFirst().get();
        assertThat(vm.service()).isEqualTo("shop");
        assertThat(vm.length()).isEqualTo(24);
        assertThat(vm.of(Figure.CPU_PERCENT)[0]).isCloseTo(firstFive(filled), within(1e-6));
      }
    }
  }

  private static double firstFive(FilledHistory filled) {
    return filled.points().stream()
        .filter(point -> point.resource().equals("vm/b") && point.tier() == Tier.MINUTE)
        .filter(point -> point.at().isBefore(HistoryStoreContract.NOON.plusSeconds(300)))
        .mapToDouble(FilledHistory.Point::mean)
        .average()
        .orElseThrow();
  }
}
