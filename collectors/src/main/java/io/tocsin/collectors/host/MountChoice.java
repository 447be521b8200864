package io.tocsin.collectors.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which mounts are told of: file systems that hold data, each once.
 *
 * <ul>
 *   <li>Left out are the types that hold nothing of their own, that are full by nature (images for
 *       reading only) or that must not be touched (autofs, which would mount), and what the
 *       configuration names. An overlay stands for the file system below it, unless it is the root.
 *   <li>Left out is what another mount hides: one on the same place, or one on a folder above.
 *   <li>Of several mounts of a file system one is taken: one that shows all of it, then the one
 *       with the shortest path.
 * </ul>
 */
final class MountChoice {

  /** Types that never hold data of their own, or are always full. */
  static final Set<String> NO_DATA =
      Set.of(
          "autofs",
          "bdev",
          "binder",
          "binfmt_misc",
          "bpf",
          "cgroup",
          "cgroup2",
          "configfs",
          "cpuset",
          "debugfs",
          "devpts",
          "devtmpfs",
          "efivarfs",
          "erofs",
          "fuse.gvfsd-fuse",
          "fuse.lxcfs",
          "fuse.portal",
          "fuse.snapfuse",
          "fusectl",
          "hugetlbfs",
          "iso9660",
          "mqueue",
          "nfsd",
          "nsfs",
          "overlay",
          "pipefs",
          "proc",
          "pstore",
          "ramfs",
          "resctrl",
          "rpc_pipefs",
          "securityfs",
          "selinuxfs",
          "smackfs",
          "sockfs",
          "squashfs",
          "sysfs",
          "tracefs",
          "udf");

  private final Set<String> types;
  private final List<String> paths;

  /**
   * A choice.
   *
   * @param types types to leave out beside {@link #NO_DATA}
   * @param paths places to leave out with all below them; with a slash at its end only what is
   *     below
   */
  MountChoice(List<String> types, List<String> paths) {
    this.types = Set.copyOf(types);
    this.paths = List.copyOf(paths);
  }

  /** Those that count, ordered by path. */
  List<Mount> of(List<Mount> all) {
    Set<Long> hidden = hidden(all);
    Map<String, Mount> byDevice = new HashMap<>();
    for (Mount mount : all) {
      if (counts(mount) && !hidden.contains(mount.id())) {
        byDevice.merge(mount.device(), mount, MountChoice::better);
      }
    }
    List<Mount> chosen = new ArrayList<>(byDevice.values());
    chosen.sort(Comparator.comparing(Mount::path));
    return chosen;
  }

  private boolean counts(Mount mount) {
    boolean rootOverlay = mount.path().equals("/") && mount.type().equals("overlay");
    if (types.contains(mount.type()) || (NO_DATA.contains(mount.type()) && !rootOverlay)) {
      return false;
    }
    for (String path : paths) {
      if (path.endsWith("/") ? isBelow(mount.path(), path) : isAtOrBelow(mount.path(), path)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBelow(String path, String folderWithSlash) {
    return path.length() > folderWithSlash.length() && path.startsWith(folderWithSlash);
  }

  private static boolean isAtOrBelow(String path, String folder) {
    return path.startsWith(folder)
        && (path.length() == folder.length() || path.charAt(folder.length()) == '/');
  }

  private static Mount better(Mount one, Mount other) {
    if (one.isWhole() != other.isWhole()) {
      return one.isWhole() ? one : other;
    }
    Comparator<Mount> order =
        Comparator.comparingInt((Mount mount) -> mount.path().length())
            .thenComparing(Mount::path)
            .thenComparing(Mount::id);
    return order.compare(one, other) <= 0 ? one : other;
  }

  /**
   * A mount is hidden by one that is mounted on it at the same place, by a sibling on a folder
   * above, and when the mount it stands on is hidden by such a sibling.
   */
  private static Set<Long> hidden(List<Mount> all) {
    Map<Long, Mount> byId = new HashMap<>();
    Map<Long, Set<String>> children = new HashMap<>();
    for (Mount mount : all) {
      byId.put(mount.id(), mount);
      children.computeIfAbsent(mount.parent(), parent -> new HashSet<>()).add(mount.path());
    }
    Set<Long> hidden = new HashSet<>();
    for (Mount mount : all) {
      if (isCovered(mount, byId, children)) {
        hidden.add(mount.id());
      }
    }
    return hidden;
  }

  private static boolean isCovered(
      Mount mount, Map<Long, Mount> byId, Map<Long, Set<String>> children) {
    if (children.getOrDefault(mount.id(), Set.of()).contains(mount.path())) {
      return true;
    }
    // Bounded, because a table that makes no sense could name a circle of parents.
    Mount below = mount;
    for (int depth = 0; depth < 100 && below != null; depth++) {
      Mount parent = below.parent() == below.id() ? null : byId.get(below.parent());
      Set<String> siblings = children.getOrDefault(below.parent(), Set.of());
      String floor = parent == null ? "/" : parent.path();
      for (String above = folderOf(below.path());
          above.length() > floor.length();
          above = folderOf(above)) {
        if (siblings.contains(above)) {
          return true;
        }
      }
      below = parent;
    }
    return false;
  }

  private static String folderOf(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }
}
