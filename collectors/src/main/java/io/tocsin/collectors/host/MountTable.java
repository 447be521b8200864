package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What /proc/&lt;pid&gt;/mountinfo says (<a
 * href="https://docs.kernel.org/filesystems/proc.html">proc.html</a>, section 3.5).
 */
final class MountTable {

  private static final Pattern DEVICE = Pattern.compile("\\d{1,7}:\\d{1,7}");

  /** As the kernel's PATH_MAX. */
  private static final int LONGEST = 4096;

  private MountTable() {}

  /** All mounts. A line that makes no sense is a problem and leaves the others as they are. */
  static List<Mount> parse(ProcText mountinfo, List<Problem> problems) {
    List<Mount> mounts = new ArrayList<>();
    try {
      while (mountinfo.nextLine()) {
        try {
          mounts.add(parseLine(mountinfo));
        } catch (CollectorException badLine) {
          problems.add(badLine.problem());
        }
      }
    } catch (CollectorException cutShort) {
      problems.add(cutShort.problem());
    }
    return mounts;
  }

  private static Mount parseLine(ProcText line) throws CollectorException {
    long id = line.number("number of the mount");
    long parent = line.number("number of the parent");
    String device = field(line, "device");
    if (!DEVICE.matcher(device).matches()) {
      throw line.malformed("that is no number of a device");
    }
    String root = KernelNames.unescape(field(line, "root"));
    String path = KernelNames.unescape(field(line, "mount point"));
    if (!path.startsWith("/") || path.length() > LONGEST || path.indexOf('\0') >= 0) {
      throw line.malformed("that is no mount point");
    }
    boolean readOnly = isReadOnly(field(line, "options"));
    // Any number of optional fields end with a lone hyphen.
    do {
      if (!line.nextField()) {
        throw line.malformed("the hyphen in front of the type is missing");
      }
    } while (!line.is("-"));
    String type = KernelNames.shown(KernelNames.unescape(field(line, "type")));
    String source = field(line, "source");
    String options = source;
    if (line.nextField()) {
      options = line.rawText();
    } else {
      // Mounted from nothing at all: what follows the source was taken for it.
      source = "none";
    }
    return new Mount(
        id,
        parent,
        device,
        root,
        path,
        readOnly || isReadOnly(options),
        type,
        bounded(KernelNames.shown(KernelNames.unescape(source))));
  }

  private static String field(ProcText line, String what) throws CollectorException {
    if (!line.nextField()) {
      throw line.malformed("the " + what + " is missing");
    }
    return line.rawText();
  }

  private static String bounded(String source) {
    return source.length() <= LONGEST ? source : source.substring(0, LONGEST);
  }

  private static boolean isReadOnly(String options) {
    return options.equals("ro") || options.startsWith("ro,");
  }
}
