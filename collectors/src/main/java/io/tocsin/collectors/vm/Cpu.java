package io.tocsin.collectors.vm;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.schemas.CpuSample;
import io.tocsin.schemas.VcpuSample;
import java.util.ArrayList;
import java.util.List;

/**
 * CPU time of a domain, from the groups {@code cpu} and {@code vcpu}.
 *
 * <p>{@code cpu.time} is what the domain's process has used, guest and emulation together. Of it
 * {@code cpu.system} is time in the host's kernel and the rest counts as user time. Steal is the
 * sum of {@code vcpu.N.delay} over the virtual CPUs: time they were runnable and waited for a host
 * CPU. Capacity is the number of virtual CPUs that are present.
 */
final class Cpu {

  /** KVM's own limit is 4096. */
  private static final int MOST = 4096;

  private Cpu() {}

  /**
   * The part of a sample.
   *
   * @param details null where they are not known yet
   * @throws CollectorException if it is missing or makes no sense
   */
  static CpuSample of(DomainStats stats, DomainDetails details) throws CollectorException {
    Long time = stats.micros("cpu.time");
    Long cores = stats.number("vcpu.current");
    if (time == null || cores == null) {
      throw new CollectorException(
          Reason.MISSING, stats.where(), "libvirt gives no CPU time of it");
    }
    Long system = stats.micros("cpu.system");
    long kernel = system == null ? 0 : Math.min(system, time);
    List<VcpuSample> vcpus = vcpus(stats, details);
    long steal = 0;
    for (VcpuSample vcpu : vcpus) {
      steal += vcpu.getDelayUs() == null ? 0 : vcpu.getDelayUs();
    }
    return CpuSample.newBuilder()
        .setCores(cores)
        .setUserUs(time - kernel)
        .setSystemUs(kernel)
        .setStealUs(steal)
        .setVcpus(vcpus)
        .build();
  }

  private static List<VcpuSample> vcpus(DomainStats stats, DomainDetails details)
      throws CollectorException {
    Long maximum = stats.number("vcpu.maximum");
    List<VcpuSample> vcpus = new ArrayList<>();
    if (maximum == null) {
      return vcpus;
    }
    if (maximum > MOST) {
      throw stats.malformed("vcpu.maximum", "is over " + MOST);
    }
    // Numbers have gaps where virtual CPUs are unplugged.
    for (int number = 0; number < maximum; number++) {
      String vcpu = "vcpu." + number;
      Long time = stats.micros(vcpu + ".time");
      if (time != null) {
        vcpus.add(
            VcpuSample.newBuilder()
                .setNumber(number)
                .setTimeUs(time)
                .setWaitUs(stats.micros(vcpu + ".wait"))
                .setDelayUs(stats.micros(vcpu + ".delay"))
                .setPinnedTo(details == null ? null : details.pinOf(number))
                .build());
      }
    }
    return vcpus;
  }
}
