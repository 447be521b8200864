package io.tocsin.collectors.host;

/**
 * One line of mountinfo.
 *
 * @param id number of this mount
 * @param parent number of the mount it is mounted on
 * @param device major and minor number, {@code 254:0}: the same for all mounts of a file system
 * @param root the part of the file system that is mounted; {@code /} for all of it
 * @param path where it is mounted, one character for each byte, as the kernel knows it
 * @param readOnly whether the mount, or the file system as a whole, is for reading only
 * @param type such as {@code ext4} or {@code fuse.sshfs}
 * @param source what is mounted, for people
 */
record Mount(
    long id,
    long parent,
    String device,
    String root,
    String path,
    boolean readOnly,
    String type,
    String source) {

  /** Whether all of the file system is mounted here, not just a folder of it. */
  boolean isWhole() {
    return root.equals("/");
  }

  /** What tells it from others over several readings. */
  String key() {
    return device + ' ' + path;
  }

  /** Where it is mounted, for people. */
  String shownPath() {
    return KernelNames.shown(path);
  }
}
