package io.tocsin.history;

import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.Ports;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class QuestDbHistoryITCase extends HistoryHoursContract {

  @TempDir static Path temp;

  private static EmbeddedQuestDb questDb;
  private static FilledHistory filled;
  private static HistoryStore store;

  @BeforeAll
  static void fill() throws Exception {
    DataDirectory data = new DataDirectory(temp);
    data.create();
    questDb = new EmbeddedQuestDb(data, Ports.free());
    questDb.start();
    HistoryPlace place = place(questDb);
    place.prepare();
    place.prepare(); // a second time changes nothing
    filled = new FilledHistory(place, Duration.ofSeconds(2));
    filled.write();
    filled.awaitAll();
    store = place.open();
  }

  static HistoryAddress place(EmbeddedQuestDb questDb) {
    return new HistoryAddress(
        questDb.address(),
        questDb.authorization(),
        questDb.jdbcUrl(),
        EmbeddedQuestDb.USER,
        questDb.password());
  }

  @AfterAll
  static void stop() {
    store.close();
    questDb.close();
  }

  @Override
  HistoryStore store() {
    return store;
  }

  @Override
  FilledHistory filled() {
    return filled;
  }
}
