package io.tocsin.capacity.rightsizing;

/** What to do about a size. */
public enum Verdict {
  /** It needs more. */
  GROW,
  /** It needs clearly less. */
  SHRINK,
  /** It is about right. */
  KEEP,
  /** It uses less than it has, yet something says that it is short: leave it as it is. */
  VETOED,
  /** Too little is known to say. */
  REFUSED
}
