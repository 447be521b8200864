package io.tocsin.capacity.rightsizing;

/**
 * How large something should be.
 *
 * @param id of the resource
 * @param service it belongs to; empty if unknown
 * @param dimension CPU or memory
 * @param verdict what to do
 * @param has cores or bytes now; NaN if unknown
 * @param needs cores or bytes; NaN if refused
 * @param used the percentile of use that this rests on, in cores or bytes; NaN if refused
 * @param isFloor it was used up, so nobody knows how much more would have been: it needs at least
 *     that
 * @param confidence from 0 to 1, see {@link Rightsizer}
 * @param days of history
 * @param reason in words
 */
public record Advice(
    String id,
    String service,
    Dimension dimension,
    Verdict verdict,
    double has,
    double needs,
    double used,
    boolean isFloor,
    double confidence,
    double days,
    String reason) {

  /** What to give it now: what it needs if that is to be done, what it has otherwise. */
  public double target() {
    return verdict == Verdict.GROW || verdict == Verdict.SHRINK ? needs : has;
  }

  /** Whether too little was known. */
  public boolean isRefused() {
    return verdict == Verdict.REFUSED;
  }
}
