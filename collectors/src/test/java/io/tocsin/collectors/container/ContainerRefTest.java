package io.tocsin.collectors.container;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerRefTest {

  private static final String ID =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final String UID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

  @ParameterizedTest
  @CsvSource({
    "/docker/ID, docker",
    "/system.slice/docker-ID.scope, docker",
    "/machine.slice/libpod-ID.scope, podman",
    "/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope, podman",
    "/libpod_parent/ID, podman",
    "/system.slice/nerdctl-ID.scope, containerd",
    "/default/ID, containerd",
    "/docker/ID/kubelet/kubepods/besteffort/podUID/ID, unknown",
    "/kubepods.slice/kubepods-podUID.slice/cri-containerd-ID.scope, containerd",
    "/kubepods.slice/kubepods-podUID.slice/crio-ID.scope, crio",
    "/system.slice/containerd.service/kubepods-burstable-podUID.slice:cri-containerd:ID, containerd",
  })
  void runtimesAreToldByTheirPaths(String path, String runtime) {
    ContainerRef ref =
        ContainerRef.of(path.replace("UID", "#").replace("ID", ID).replace("#", UID)).orElseThrow();

    assertThat(ref.id()).isEqualTo(ID);
    assertThat(ref.runtime()).isEqualTo(runtime);
    assertThat(ref.podUid()).isEqualTo(path.contains("UID") ? UID : null);
  }

  @ParameterizedTest
  @CsvSource({"/lxc/web, web", "/lxc.payload/web, web", "/lxc.payload.my_box-1, my_box-1"})
  void lxcContainersGoByTheirNames(String path, String name) {
    ContainerRef ref = ContainerRef.of(path).orElseThrow();

    assertThat(ref.runtime()).isEqualTo("lxc");
    assertThat(ref.shortName()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/docker",
        "/system.slice/docker.service",
        "/system.slice/docker-1234.scope",
        "/kubepods.slice/kubepods-podUID.slice",
        "/kubepods.slice/kubepods-podUID.slice/crio-conmon-ID.scope",
        "/machine.slice/libpod-conmon-ID.scope",
        "/machine.slice/libpod-ID.scope/container",
        "/lxc.monitor.web",
        "/lxc.monitor/web",
        "/lxc",
        "/docker/0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
      })
  void othersAreNoContainers(String path) {
    assertThat(ContainerRef.of(path.replace("UID", "#").replace("ID", ID).replace("#", UID)))
        .isEmpty();
  }

  @Property
  void noPathIsTooStrange(@ForAll String path) {
    ContainerRef.of("/" + path);
    ContainerRef.of("/kubepods" + path + "/pod" + UID + "/" + ID);
  }
}
