package io.tocsin.streams.window;

import io.tocsin.schemas.FilesystemSample;
import io.tocsin.schemas.Sample;
import java.util.List;

/**
 * The fullest file system of a sample. Those that are mounted for reading only are left out: an
 * image is always full. What an ordinary user may still write is what counts as free.
 */
record Fullest(double percent, String mountPoint) {

  static final Fullest NONE = new Fullest(Double.NaN, null);

  static Fullest of(Sample sample) {
    List<FilesystemSample> all = sample.getFilesystems();
    Fullest fullest = NONE;
    for (int place = 0; place < all.size(); place++) {
      FilesystemSample one = all.get(place);
      double percent = one.getReadOnly() ? Double.NaN : percent(one);
      if (percent > fullest.percent || fullest == NONE && !Double.isNaN(percent)) {
        fullest = new Fullest(percent, one.getMountPoint());
      }
    }
    return fullest;
  }

  private static double percent(FilesystemSample one) {
    Long total = one.getTotalBytes();
    Long available = one.getAvailableBytes();
    return total == null || available == null
        ? Double.NaN
        : Interval.percent((double) total - available, total);
  }
}
