package io.tocsin.alerting.healing.config;

/**
 * How much has to be known, and how well the rest has to do, before anything is disrupted.
 *
 * @param minHealthyShare share of a service's members, from 0 to 1, that must be seen to be healthy
 *     besides the target; asked of services of at least {@code ofAtLeast} members. Default 0.51
 * @param ofAtLeast default 3
 * @param minKnownShare share of everything that is probed whose newest probe must be fresh, from 0
 *     to 1: with less, it is the view that has failed. Default 0.5
 * @param vantages how many agents have to see a target down where more than one probes it, at least
 *     1; default 1. Where one does not know, a second one is needed in any case
 */
public record Evidence(
    Double minHealthyShare, Integer ofAtLeast, Double minKnownShare, Integer vantages) {

  /** What holds where nothing is written. */
  public static final Evidence DEFAULT = new Evidence(null, null, null, null);

  /**
   * Fills in the defaults.
   *
   * @throws IllegalArgumentException naming the key that is out of bounds
   */
  public Evidence {
    minHealthyShare = minHealthyShare == null ? 0.51 : minHealthyShare;
    ofAtLeast = ofAtLeast == null ? 3 : ofAtLeast;
    minKnownShare = minKnownShare == null ? 0.5 : minKnownShare;
    vantages = vantages == null ? 1 : vantages;
    share("min-healthy-share", minHealthyShare);
    share("min-known-share", minKnownShare);
    if (ofAtLeast < 1 || vantages < 1) {
      throw new IllegalArgumentException("evidence: of-at-least and vantages must be at least 1");
    }
  }

  private static void share(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("evidence." + key + " must be from 0 to 1, not " + value);
    }
  }
}
