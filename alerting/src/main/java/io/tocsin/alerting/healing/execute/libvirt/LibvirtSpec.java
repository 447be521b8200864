package io.tocsin.alerting.healing.execute.libvirt;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ExecutorContext;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.MemoryStep;
import io.tocsin.alerting.healing.execute.PlainText;
import java.util.regex.Pattern;

/**
 * Something that libvirt is asked to do with a domain (a virtual machine).
 *
 * @param operation what
 * @param uri where libvirt is; default {@code qemu:///system}
 * @param vcpus for {@code vcpus}: how it is given more
 * @param memory for {@code memory}: how it is given more
 * @param migrateTo for {@code migrate}: the other libvirt, as the one it runs on reaches it
 */
public record LibvirtSpec(
    Operation operation, String uri, VcpuStep vcpus, MemoryStep memory, String migrateTo)
    implements ExecutorSpec {

  /** What can be asked for. */
  public enum Operation {
    /** Start what is shut off. */
    START,
    /** Ask its system to boot anew; one that does not listen does not. */
    REBOOT,
    /** Boot it anew without asking, as the button does; only what is running. */
    RESET,
    /** Give it more virtual CPUs. */
    VCPUS,
    /** Give it more memory. */
    MEMORY,
    /** Move it to another machine while it runs. */
    MIGRATE
  }

  /**
   * How a domain is given more virtual CPUs.
   *
   * @param by so many at a time, default 1
   * @param most never more than this
   */
  public record VcpuStep(Integer by, Integer most) {

    /**
     * Fills in the default.
     *
     * @throws IllegalArgumentException naming the key that is wrong
     */
    public VcpuStep {
      by = by == null ? 1 : by;
      require(by >= 1, "vcpus.by must be at least 1, not " + by);
      require(most != null && most >= 2, "vcpus.most must be at least 2, not " + most);
    }

    /** What comes after a number of them, if the domain can have so many. */
    int after(int now, int possible) {
      return Math.max(now, Math.min(now + by, Math.min(most, possible)));
    }
  }

  private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.+-]{0,127}");

  /** Of libvirt's transports all but {@code ext}, which runs a program. */
  private static final Pattern URI =
      Pattern.compile("[a-z]+(\\+(unix|tls|tcp|ssh|libssh|libssh2))?://[!-~]{1,300}");

  /**
   * Fills in the defaults and checks what can be checked before it is needed.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public LibvirtSpec {
    require(
        operation != null, "operation is missing: start, reboot, reset, vcpus, memory or migrate");
    uri = uri == null ? "qemu:///system" : uri;
    checkUri("uri", uri);
    same(operation == Operation.VCPUS, vcpus != null, "vcpus", "{by: 1, most: 4}");
    same(operation == Operation.MEMORY, memory != null, "memory", "{by: 512MiB, most: 2GiB}");
    same(operation == Operation.MIGRATE, migrateTo != null, "migrate-to", "qemu+ssh://b/system");
    if (migrateTo != null) {
      checkUri("migrate-to", migrateTo);
    }
  }

  private static void checkUri(String key, String uri) {
    require(
        URI.matcher(uri).matches(),
        key
            + " must look like qemu:///system or qemu+tls://b/system, not "
            + PlainText.head(uri, 100));
  }

  private static void same(boolean wanted, boolean given, String key, String example) {
    String operation = key.equals("migrate-to") ? "migrate" : key;
    require(!wanted || given, "operation " + operation + " needs " + key + ", such as " + example);
    require(wanted || !given, key + " is for operation " + operation);
  }

  @Override
  public String kind() {
    return "libvirt";
  }

  @Override
  public String title() {
    return switch (operation) {
      case START -> "libvirt start";
      case REBOOT -> "libvirt reboot";
      case RESET -> "libvirt reset";
      case VCPUS -> "libvirt vcpus";
      case MEMORY -> "libvirt memory";
      case MIGRATE -> "libvirt migrate";
    };
  }

  @Override
  public boolean isDisruptive() {
    return operation == Operation.REBOOT
        || operation == Operation.RESET
        || operation == Operation.MIGRATE;
  }

  @Override
  public void checkObject(String object) {
    require(
        DOMAIN.matcher(object).matches(),
        "'%s' is no domain's name: it must match %s"
            .formatted(PlainText.head(object, 100), DOMAIN.pattern()));
  }

  @Override
  public ActionExecutor open(ExecutorContext context) {
    return new LibvirtExecutor(this);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
