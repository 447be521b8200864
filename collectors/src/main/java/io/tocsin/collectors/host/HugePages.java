package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.schemas.HugePagesSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What /sys/kernel/mm/hugepages says, a folder for each size (<a
 * href="https://docs.kernel.org/admin-guide/mm/hugetlbpage.html">hugetlbpage.html</a>). A kernel
 * without huge pages has no such folder, which is no problem.
 */
final class HugePages {

  private static final String FOLDER = "kernel/mm/hugepages";
  private static final Pattern SIZE = Pattern.compile("hugepages-(\\d{1,12})kB");

  private HugePages() {}

  /** All sizes, rising. One that makes no sense is a problem and leaves the others as they are. */
  static List<HugePagesSample> read(ProcFiles sys, List<Problem> problems) {
    List<HugePagesSample> sizes = new ArrayList<>();
    for (String name : sys.list(FOLDER)) {
      Matcher size = SIZE.matcher(name);
      if (size.matches()) {
        try {
          sizes.add(read(sys, FOLDER + '/' + name, Long.parseLong(size.group(1)) * 1024));
        } catch (CollectorException notUsable) {
          problems.add(notUsable.problem());
        }
      }
    }
    sizes.sort(Comparator.comparingLong(HugePagesSample::getPageBytes));
    return sizes;
  }

  private static HugePagesSample read(ProcFiles sys, String pool, long pageBytes)
      throws CollectorException {
    return HugePagesSample.newBuilder()
        .setPageBytes(pageBytes)
        .setTotal(sys.number(pool + "/nr_hugepages", "number of pages"))
        .setFree(sys.number(pool + "/free_hugepages", "number of free pages"))
        .setReserved(sys.number(pool + "/resv_hugepages", "number of reserved pages"))
        .setSurplus(sys.number(pool + "/surplus_hugepages", "number of surplus pages"))
        .build();
  }
}
