package io.tocsin.alerting.healing.execute;

import io.tocsin.alerting.healing.execute.docker.DockerSpec;
import io.tocsin.alerting.healing.execute.exec.ExecSpec;
import io.tocsin.alerting.healing.execute.haproxy.HaproxySpec;
import io.tocsin.alerting.healing.execute.kubernetes.KubernetesSpec;
import io.tocsin.alerting.healing.execute.libvirt.LibvirtSpec;
import io.tocsin.alerting.healing.execute.probe.ProbeSpec;
import io.tocsin.alerting.healing.execute.systemd.SystemdSpec;
import io.tocsin.alerting.healing.execute.webhook.WebhookSpec;
import java.util.Map;

/** Every kind of executor there is, by its key in the configuration. */
public final class ExecutorKinds {

  private static final Map<String, Class<? extends ExecutorSpec>> ALL =
      Map.ofEntries(
          Map.entry("docker", DockerSpec.class),
          Map.entry("exec", ExecSpec.class),
          Map.entry("haproxy", HaproxySpec.class),
          Map.entry("kubernetes", KubernetesSpec.class),
          Map.entry("libvirt", LibvirtSpec.class),
          Map.entry("probe", ProbeSpec.class),
          Map.entry("systemd", SystemdSpec.class),
          Map.entry("webhook", WebhookSpec.class));

  private ExecutorKinds() {}

  /** The record that each key is read into. */
  public static Map<String, Class<? extends ExecutorSpec>> all() {
    return ALL;
  }
}
