package io.tocsin.collectors.app.receiver;

/**
 * The memory that all bodies together may take while they are read. Without it, as many senders as
 * there are threads could each make us hold a body of the largest size. Thread-safe.
 */
final class BodyBudget {

  private long left;

  BodyBudget(long bytes) {
    left = bytes;
  }

  synchronized boolean take(int bytes) {
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }

  synchronized void giveBack(int bytes) {
    left += bytes;
  }
}
