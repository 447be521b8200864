package io.tocsin.collectors.container;

/**
 * The control group that was being read has been removed, or another has taken its place. That is
 * what containers do, and no problem.
 */
final class GoneException extends Exception {

  private static final long serialVersionUID = 1L;

  GoneException() {
    super("the control group is gone", null, false, false);
  }
}
