package io.tocsin.history;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A store that is not asked to take points for which its disk has no room. */
final class RoomyPointStore implements PointStore {

  private final PointStore store;
  private final StoreRoom room;

  RoomyPointStore(PointStore store, StoreRoom room) {
    this.store = store;
    this.room = room;
  }

  @Override
  public Answer write(List<String> lines) {
    Optional<String> shortage = room.shortage();
    return shortage.isPresent()
        ? new Answer.Unavailable(shortage.get(), Duration.ZERO)
        : store.write(lines);
  }

  @Override
  public void close() {
    store.close();
  }
}
