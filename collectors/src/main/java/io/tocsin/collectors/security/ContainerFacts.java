package io.tocsin.collectors.security;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What an event does not tell of its container.
 *
 * @param takeover by what the container could take its host over, such as {@code privileged}; empty
 *     for an ordinary one
 * @param hostAccess what of the host it shares, such as {@code host-network}
 * @param healthCheck the command of its health check as events write it; null without one
 */
record ContainerFacts(List<String> takeover, List<String> hostAccess, String healthCheck) {

  /** Nothing is known of the container. */
  static final ContainerFacts UNKNOWN = new ContainerFacts(List.of(), List.of(), null);

  /**
   * With these a process leaves its container: by mounting, loading a module, tracing a process of
   * the host, raw memory and devices, or opening files by handle.
   */
  private static final Set<Capability> STRONG =
      Set.of(
          Capability.ALL,
          Capability.SYS_ADMIN,
          Capability.SYS_MODULE,
          Capability.SYS_PTRACE,
          Capability.SYS_RAWIO,
          Capability.DAC_READ_SEARCH);

  /** Reads an answer of the daemon; parts that it lacks count as harmless. */
  static ContainerFacts of(InspectContainerResponse container) {
    List<String> takeover = new ArrayList<>();
    List<String> hostAccess = new ArrayList<>();
    HostConfig host = container.getHostConfig();
    if (host != null) {
      addTakeover(host, takeover);
      addIf("host-network", "host".equals(host.getNetworkMode()), hostAccess);
      addIf("host-pid", "host".equals(host.getPidMode()), hostAccess);
      addIf("host-ipc", "host".equals(host.getIpcMode()), hostAccess);
    }
    return new ContainerFacts(takeover, hostAccess, healthCheck(container));
  }

  private static void addTakeover(HostConfig host, List<String> takeover) {
    addIf("privileged", Boolean.TRUE.equals(host.getPrivileged()), takeover);
    List<String> sources = mountedFromHost(host);
    addIf("docker-socket", sources.stream().anyMatch(ContainerFacts::holdsSocket), takeover);
    addIf("host-root", sources.contains("/"), takeover);
    Capability[] added = host.getCapAdd();
    for (Capability capability : added == null ? new Capability[0] : added) {
      addIf("cap-" + capability, STRONG.contains(capability), takeover);
    }
  }

  private static List<String> mountedFromHost(HostConfig host) {
    List<String> sources = new ArrayList<>();
    Bind[] binds = host.getBinds();
    for (Bind bind : binds == null ? new Bind[0] : binds) {
      sources.add(withoutEndingSlash(bind.getPath()));
    }
    List<Mount> mounts = host.getMounts();
    for (Mount mount : mounts == null ? List.<Mount>of() : mounts) {
      if (mount.getSource() != null) {
        sources.add(withoutEndingSlash(mount.getSource()));
      }
    }
    return sources;
  }

  private static String withoutEndingSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** The socket itself, or a folder that it is usually in. */
  private static boolean holdsSocket(String source) {
    return source.endsWith("/docker.sock")
        || source.endsWith("/containerd.sock")
        || source.equals("/run")
        || source.equals("/var/run");
  }

  private static String healthCheck(InspectContainerResponse container) {
    if (container.getConfig() == null || container.getConfig().getHealthcheck() == null) {
      return null;
    }
    List<String> test = container.getConfig().getHealthcheck().getTest();
    if (test == null || test.size() < 2) {
      return null;
    }
    String command = String.join(" ", test.subList(1, test.size()));
    // Where the image names no shell the daemon takes this one.
    return test.get(0).equals("CMD-SHELL") ? "/bin/sh -c " + command : command;
  }

  private static void addIf(String what, boolean holds, List<String> list) {
    if (holds) {
      list.add(what);
    }
  }
}
