package io.tocsin.collectors.container;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where control groups are mounted, and of which version they are. */
final class CgroupRoot {

  /** Hierarchies of version 1 in which containers are looked for: the first that is there. */
  private static final List<String> SEARCHED =
      List.of("cpuacct", "cpu", "memory", "pids", "blkio", "systemd");

  private final File root;
  private final boolean version2;
  private final Map<String, File> controllers = new HashMap<>();

  private CgroupRoot(File root, boolean version2) {
    this.root = root;
    this.version2 = version2;
  }

  /**
   * Finds out what is mounted.
   *
   * @throws CollectorException if nothing is
   */
  static CgroupRoot at(Path path) throws CollectorException {
    File folder = path.toFile();
    CgroupRoot root = new CgroupRoot(folder, new File(folder, "cgroup.controllers").exists());
    String[] entries = folder.list();
    for (String entry : entries == null ? new String[0] : entries) {
      // Hierarchies of several controllers are named after all of them: cpu,cpuacct.
      for (String controller : entry.split(",")) {
        root.controllers.putIfAbsent(controller, new File(folder, entry));
      }
    }
    if (!root.version2 && SEARCHED.stream().noneMatch(root.controllers::containsKey)) {
      throw new CollectorException(
          Reason.MISSING,
          folder.getPath(),
          "no control groups are mounted here; is that their place? The key is 'cgroup'");
    }
    return root;
  }

  /** The folder of a controller of version 1, whether it is there or not. */
  File controller(String name) {
    File known = controllers.get(name);
    return known == null ? new File(root, name) : known;
  }

  /** Below this folder containers are looked for. */
  File searched() {
    return version2
        ? root
        : SEARCHED.stream()
            .filter(controllers::containsKey)
            .findFirst()
            .map(this::controller)
            .orElse(root);
  }

  /** The group at this path below the root. */
  Cgroup group(String path, OpenFiles openFiles) {
    return version2 ? new CgroupV2(root, path, openFiles) : new CgroupV1(this, path, openFiles);
  }

  @Override
  public String toString() {
    return root.getPath();
  }
}
