package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.schemas.MemoryTuning;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the kernel manages memory: transparent huge pages (<a
 * href="https://docs.kernel.org/admin-guide/mm/transhuge.html">transhuge.html</a>), same-page
 * merging (<a href="https://docs.kernel.org/admin-guide/mm/ksm.html">ksm.html</a>) and
 * vm.swappiness. A kernel built without one of them has no such file: null, and no problem.
 */
final class Tuning {

  private static final String HUGE = "kernel/mm/transparent_hugepage/";
  private static final String MERGING = "kernel/mm/ksm/";
  private static final Pattern WORD = Pattern.compile("[a-z]+(\\+[a-z]+)?");
  private static final int MOST_EAGER = 200;

  private Tuning() {}

  /** What there is; null if there is nothing at all. */
  static MemoryTuning read(ProcFiles proc, ProcFiles sys, List<Problem> problems) {
    MemoryTuning tuning =
        MemoryTuning.newBuilder()
            .setThp(ifThere(() -> chosen(sys.read(HUGE + "enabled")), problems))
            .setThpDefrag(ifThere(() -> chosen(sys.read(HUGE + "defrag")), problems))
            .setKsmRunning(ifThere(() -> sys.number(MERGING + "run", "switch") == 1, problems))
            .setKsmPagesShared(
                ifThere(() -> sys.number(MERGING + "pages_shared", "number of pages"), problems))
            .setKsmPagesSharing(
                ifThere(() -> sys.number(MERGING + "pages_sharing", "number of pages"), problems))
            .setSwappiness(ifThere(() -> swappiness(proc.read("sys/vm/swappiness")), problems))
            .build();
    boolean nothing =
        tuning.getThp() == null
            && tuning.getThpDefrag() == null
            && tuning.getKsmRunning() == null
            && tuning.getKsmPagesShared() == null
            && tuning.getKsmPagesSharing() == null
            && tuning.getSwappiness() == null;
    return nothing ? null : tuning;
  }

  /** The word in brackets: {@code always [madvise] never}. */
  static String chosen(ProcText text) throws CollectorException {
    if (!text.nextLine()) {
      throw text.malformed("is empty");
    }
    while (text.nextField()) {
      String word = text.text();
      if (word.startsWith("[") && word.endsWith("]")) {
        String inside = word.substring(1, word.length() - 1);
        if (inside.length() > 32 || !WORD.matcher(inside).matches()) {
          throw text.malformed("what stands in brackets is no word");
        }
        return inside;
      }
    }
    throw text.malformed("no word stands in brackets");
  }

  static int swappiness(ProcText text) throws CollectorException {
    if (!text.nextLine()) {
      throw text.malformed("is empty");
    }
    long swappiness = text.number("swappiness");
    if (swappiness > MOST_EAGER) {
      throw text.malformed("the swappiness is over " + MOST_EAGER);
    }
    return (int) swappiness;
  }

  @FunctionalInterface
  private interface Source<T> {
    T read() throws CollectorException;
  }

  private static <T> T ifThere(Source<T> source, List<Problem> problems) {
    try {
      return source.read();
    } catch (CollectorException notUsable) {
      if (notUsable.problem().reason() != Reason.MISSING) {
        problems.add(notUsable.problem());
      }
      return null;
    }
  }
}
