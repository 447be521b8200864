package io.tocsin.collectors.host;

import io.tocsin.schemas.Health;

/** Asks a file system for its size. May hang for as long as the file system does. */
@FunctionalInterface
interface FilesystemStat {

  /**
   * Its answer, also when it is an error.
   *
   * @param path where it is mounted, one character for each byte
   */
  Answer of(String path);

  /** What came of asking. */
  sealed interface Answer {

    /**
     * It is well.
     *
     * @param totalBytes its size; null where it has none
     * @param availableBytes what an ordinary user may still write; null where it has no size
     * @param inodes files it can hold; null where it has no such limit, or that was not asked
     * @param inodesFree files it can still hold; null likewise
     */
    record Usage(Long totalBytes, Long availableBytes, Long inodes, Long inodesFree)
        implements Answer {

      /** From the fields of statvfs(3), which are unsigned; nonsense becomes a failure. */
      static Answer of(long fragment, long blocks, long available, long files, long filesFree) {
        if (fragment <= 0 || blocks < 0 || blocks > Long.MAX_VALUE / fragment || files < 0) {
          return new Failure(Health.UNKNOWN, "gives a size that cannot be true");
        }
        // Some count what is reserved for root as less than nothing.
        long writable = Math.max(0, Math.min(available, blocks));
        boolean sized = blocks > 0;
        boolean counted = files > 0;
        return new Usage(
            sized ? (Long) (blocks * fragment) : null,
            sized ? (Long) (writable * fragment) : null,
            counted ? (Long) files : null,
            counted ? (Long) Math.max(0, Math.min(filesFree, files)) : null);
      }
    }

    /**
     * It is not well, or does not let itself be asked.
     *
     * @param health DOWN where the kernel says that it has failed; otherwise UNKNOWN
     * @param evidence what the kernel said
     */
    record Failure(Health health, String evidence) implements Answer {}

    /**
     * It has not answered.
     *
     * @param evidence since when, or why it was not asked
     */
    record Silence(String evidence) implements Answer {}
  }
}
