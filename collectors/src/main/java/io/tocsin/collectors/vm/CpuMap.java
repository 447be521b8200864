package io.tocsin.collectors.vm;

/** A libvirt CPU map: bit {@code n % 8} of byte {@code n / 8} stands for host CPU {@code n}. */
final class CpuMap {

  private CpuMap() {}

  /**
   * The CPUs of a map as people write them.
   *
   * @param map holds the map
   * @param from where it starts
   * @param cpus how many CPUs the host has
   * @return such as {@code 0-3,8}; null where all are in it, or none
   */
  static String text(byte[] map, int from, int cpus) {
    StringBuilder text = new StringBuilder();
    int in = 0;
    for (int first = 0; first < cpus; first++) {
      if (!has(map, from, first)) {
        continue;
      }
      int last = first;
      while (last + 1 < cpus && has(map, from, last + 1)) {
        last++;
      }
      in += last - first + 1;
      text.append(text.isEmpty() ? "" : ",").append(first);
      if (last > first) {
        text.append('-').append(last);
      }
      first = last;
    }
    return in == cpus || in == 0 ? null : text.toString();
  }

  private static boolean has(byte[] map, int from, int cpu) {
    int at = from + cpu / 8;
    return at < map.length && (map[at] >> (cpu % 8) & 1) == 1;
  }
}
