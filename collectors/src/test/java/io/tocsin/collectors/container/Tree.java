package io.tocsin.collectors.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tree of kernel files in one text: {@code -- path --} begins a file, {@code -- path -> target
 * --} is a symbolic link. Paths of control groups hold characters that not every archive allows.
 */
final class Tree {

  private static final Pattern HEAD = Pattern.compile("-- (\\S+)(?: -> (\\S+))? --");

  private Tree() {}

  /** Makes the files below {@code folder}. */
  static void expand(String text, Path folder) throws IOException {
    Path file = null;
    StringBuilder content = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      Matcher head = HEAD.matcher(line);
      if (!head.matches()) {
        content.append(line).append('\n');
        continue;
      }
      write(file, content);
      Path path = folder.resolve(head.group(1)).normalize();
      if (!path.startsWith(folder)) {
        throw new IOException("a path leads out of the tree: " + line);
      }
      Files.createDirectories(path.getParent());
      file = head.group(2) == null ? path : null;
      if (file == null) {
        Files.createSymbolicLink(path, Path.of(head.group(2)));
      }
    }
    write(file, content);
  }

  /** The kernel ends its lines; a file that is to be cut short ends with a backslash instead. */
  private static void write(Path file, StringBuilder content) throws IOException {
    if (file != null) {
      String text = content.toString().replaceFirst("\n+$", "\n").replaceFirst("\\\\\n$", "");
      Files.writeString(file, text.equals("\n") ? "" : text);
    }
    content.setLength(0);
  }
}
