package io.tocsin.collectors.container;

/**
 * Counts the files that are kept open, so that a machine with very many containers does not use up
 * the process's file descriptors; over the limit each file is opened for each reading.
 */
final class OpenFiles {

  private final int limit;
  private int open;

  OpenFiles(int limit) {
    this.limit = limit;
  }

  void opened() {
    open++;
  }

  void closed() {
    open--;
  }

  boolean isOver() {
    return open > limit;
  }

  int open() {
    return open;
  }
}
