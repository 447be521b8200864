package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import java.io.File;

/**
 * Finds a process of a control group. Containers that run an init system keep theirs further down.
 */
final class FirstProcess {

  private static final int DEEPEST = 4;

  private FirstProcess() {}

  /** What the kernel shows for processes outside the reader's process namespace. */
  static final long HIDDEN = -1;

  /** Its number; 0 if there is none. */
  static long of(File folder, KernelText text) throws CollectorException, GoneException {
    return search(folder, text, DEEPEST);
  }

  private static long search(File folder, KernelText text, int depth)
      throws CollectorException, GoneException {
    if (Tightest.once(folder, "cgroup.procs").read(text) && text.line()) {
      long process = text.number();
      return process == 0 ? HIDDEN : process;
    }
    for (File below : depth == 0 ? new File[0] : CgroupTree.groupsIn(folder)) {
      long process = search(below, text, depth - 1);
      if (process != 0) {
        return process;
      }
    }
    return 0;
  }
}
