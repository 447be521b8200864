package io.tocsin.history;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The disk of a store that runs on this machine, and what has to stay free of it. QuestDB (9.3.4)
 * takes its process with it when a point does not fit on the disk: undoing the row, it reads memory
 * that it has just given back. In {@code tocsin up} that process is all of Tocsin, so nothing is
 * written into what is left over.
 *
 * @param directory where it keeps its tables
 * @param reserve bytes that stay free
 */
public record StoreRoom(Path directory, long reserve) {

  private static final int MIB = 20;

  /**
   * What two tables need that begin a day at once: measured, the first rows of a day took 95 MiB of
   * {@code windows}, whose hundred columns begin a page each.
   */
  public static final long USUAL = 256L << MIB;

  /** Why nothing may be written; empty if there is room. */
  Optional<String> shortage() {
    long free = directory.toFile().getUsableSpace();
    return free >= reserve
        ? Optional.empty()
        : Optional.of(
            "only %d MiB are free where history is kept, %s, of which %d MiB stay free; make room there"
                .formatted(free >> MIB, directory, reserve >> MIB));
  }
}
