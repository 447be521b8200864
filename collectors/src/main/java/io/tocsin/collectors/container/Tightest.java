package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** Limits along the way from a control group up to the root: the tightest holds. */
final class Tightest {

  /** Files are read once each few seconds, which is not worth a descriptor. */
  private static final OpenFiles NONE_KEPT_OPEN = new OpenFiles(0);

  /** Reads a limit off the file that was just read. */
  @FunctionalInterface
  interface Limit {
    /** The limit; {@link Double#POSITIVE_INFINITY} for none. */
    double of(KernelText text) throws CollectorException;
  }

  private Tightest() {}

  /** The folder of a group and those of the groups around it, the root left out. */
  static List<File> upwards(File root, String path) {
    List<File> folders = new ArrayList<>();
    for (String at = path; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('/')))) {
      folders.add(new File(root, at));
    }
    return folders;
  }

  /**
   * The tightest limit in files of this name; files that are not there set none.
   *
   * @return NaN if one of them makes no sense, which is a problem
   */
  static double of(List<File> folders, String name, KernelText text, Troubles troubles, Limit limit)
      throws GoneException {
    double tightest = Double.POSITIVE_INFINITY;
    for (File folder : folders) {
      try {
        if (once(folder, name).read(text)) {
          tightest = Math.min(tightest, limit.of(text));
        }
      } catch (CollectorException failure) {
        troubles.add(failure);
        return Double.NaN;
      }
    }
    return tightest;
  }

  /** How many CPUs the list in a group's file names; 0 where it does not say. */
  static double cpus(File folder, String name, KernelText text, Troubles troubles)
      throws GoneException {
    double cpus = of(List.of(folder), name, text, troubles, Tightest::cpus);
    return cpus < Double.POSITIVE_INFINITY ? cpus : 0;
  }

  /** A file that is not kept open. */
  static KernelFile once(File folder, String name) {
    return new KernelFile(folder, name, NONE_KEPT_OPEN);
  }

  /** A number, or the word that stands for no limit. */
  static double numberOr(String unlimited, KernelText text) throws CollectorException {
    if (!text.line() || !text.field()) {
      throw text.malformed("the file is empty");
    }
    return text.is(unlimited) ? Double.POSITIVE_INFINITY : text.thisNumber();
  }

  /** How many CPUs a list such as {@code 0-3,8} names; 0 for an empty one. */
  static int cpus(KernelText text) throws CollectorException {
    if (!text.line() || !text.field()) {
      return 0;
    }
    long count = 0;
    for (String range : text.text().split(",", -1)) {
      int dash = range.indexOf('-');
      long first = number(text, dash < 0 ? range : range.substring(0, dash));
      long last = dash < 0 ? first : number(text, range.substring(dash + 1));
      count += last - first + 1;
    }
    if (count <= 0 || count > 1 << 16) {
      throw text.malformed("that is no list of CPUs");
    }
    return (int) count;
  }

  private static long number(KernelText text, String digits) throws CollectorException {
    if (!digits.matches("\\d{1,5}")) {
      throw text.malformed("that is no list of CPUs");
    }
    return Long.parseLong(digits);
  }
}
