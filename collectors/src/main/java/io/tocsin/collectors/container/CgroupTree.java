package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Searches control groups for those of containers, nested ones too. */
final class CgroupTree {

  /** The deepest seen is Kubernetes in a container in a session of a user: 11. */
  private static final int DEEPEST = 16;

  private static final int MOST_GROUPS = 50_000;
  private static final int MOST_CONTAINERS = 5_000;

  /** Asking the kernel what each file is would cost more than all the rest. */
  private static final Pattern CONTROL_FILE =
      Pattern.compile(
          "(blkio|cgroup|cpu|cpuacct|cpuset|devices|dmem|freezer|hugetlb|io|memory|misc|net_cls"
              + "|net_prio|perf_event|pids|rdma)\\..*|tasks|notify_on_release|release_agent");

  private final File root;
  private final List<ContainerRef> found = new ArrayList<>();
  private int groups;

  private CgroupTree(File root) {
    this.root = root;
  }

  /** All containers below the root. What is over the limits is a problem. */
  static List<ContainerRef> search(CgroupRoot root, Troubles troubles) {
    CgroupTree tree = new CgroupTree(root.searched());
    tree.descend("", DEEPEST);
    if (tree.isFull()) {
      troubles.add(
          new CollectorException(
              Reason.OVER_LIMIT,
              root.toString(),
              "there are more than %d control groups or %d containers; the rest is left out"
                  .formatted(MOST_GROUPS, MOST_CONTAINERS)));
    }
    return tree.found;
  }

  private boolean isFull() {
    return groups >= MOST_GROUPS || found.size() >= MOST_CONTAINERS;
  }

  private void descend(String path, int depth) {
    File[] below = depth == 0 ? new File[0] : groupsIn(new File(root, path));
    for (File group : below) {
      if (isFull()) {
        return;
      }
      groups++;
      String itsPath = path + '/' + group.getName();
      Optional<ContainerRef> container = ContainerRef.of(itsPath);
      container.ifPresent(found::add);
      descend(itsPath, depth - 1);
    }
  }

  /** The groups in a group; none if it is gone by now. */
  static File[] groupsIn(File folder) {
    File[] groups =
        folder.listFiles(
            (parent, name) ->
                !CONTROL_FILE.matcher(name).matches() && new File(parent, name).isDirectory());
    return groups == null ? new File[0] : groups;
  }
}
