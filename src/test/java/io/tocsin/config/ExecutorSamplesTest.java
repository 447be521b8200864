package io.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.execute.ExecutorKinds;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documented block of an executor is one that can be used, and what is wrong is named. */
class ExecutorSamplesTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "docker, shop-web-1",
    "exec, shop",
    "haproxy, shop/web-1",
    "kubernetes, shop/deployment/web",
    "libvirt, shop",
    "probe, 'tcp:127.0.0.1:80'",
    "systemd, shop.service",
    "webhook, shop"
  })
  void theSampleCanBeUsed(String kind, String object) throws Exception {
    String sample;
    try (InputStream in = ExecutorKinds.class.getResourceAsStream(kind + "/sample.yaml")) {
      sample = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    Action action = new ConfigLoader().load(file(sample, object)).healing().actions().get(0);

    assertThat(action.does().kind()).isEqualTo(kind);
    assertThat(action.does()).isInstanceOf(ExecutorKinds.all().get(kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "docker: {operation: limits, cpus: {by: 0.5, most: 2}, memory: {by: 1MiB, most: 1GiB}}|web",
        "docker: {operation: scale, replicas: {by: 2}, socket: /run/d.sock}|shop/web",
        "systemd: {operation: reload, bus: 'unix:path=/run/bus'}|shop.service",
        "libvirt: {operation: vcpus, uri: 'qemu+tls://b/system', vcpus: {most: 4}}|till",
        "libvirt: {operation: memory, memory: {by: 512MiB, most: 2GiB}}|till",
        "libvirt: {operation: migrate, migrate-to: 'qemu+ssh://b/system'}|till",
        "haproxy: {operation: switch, tcp: 'localhost:9999', weight: 50, to: shop/web-2}|shop/web-1",
        "haproxy: {operation: weight, socket: /s, weight: 0}|shop/web-1",
        "kubernetes: {operation: scale, replicas: {by: -1, most: 9, least: 2}}|shop/statefulset/db",
        "kubernetes: {operation: rollout-undo, kubeconfig: /k, context: c}|shop/deployment/web",
        "kubernetes: {operation: delete-pod}|shop/pod/web-1",
        "kubernetes: {operation: cordon, kubeconfig: in-cluster}|node/n1.example.com",
        "webhook: {url: 'https://a', secret: {file: /s}, headers: {X-A: b}, cancel-url: 'https://c'}|db",
        "probe: {}|https://shop.example.com/health?deep=1"
      })
  void everyKeyCanBeUsed(String does, String object) throws Exception {
    assertThat(new ConfigLoader().load(file(does, object)).healing().actions()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "docker: {}|web|operation",
        "docker: {operation: explode}|web|operation",
        "docker: {operation: limits}|web|needs cpus or memory",
        "docker: {operation: start, replicas: {by: 1}}|web|replicas is for operation scale",
        "docker: {operation: scale}|web|project/service",
        "docker: {operation: limits, memory: {by: 1kB, most: 1GiB}}|web|memory",
        "systemd: {operation: restart, bus: tcp}|a.service|bus",
        "systemd: {operation: restart}|shop|shop.service",
        "libvirt: {operation: vcpus}|till|needs vcpus",
        "libvirt: {operation: start, uri: 'qemu+ext:///system?command=x'}|till|uri",
        "haproxy: {operation: drain}|shop/web-1|socket",
        "haproxy: {operation: stop, socket: /s}|shop/web-1|operation",
        "haproxy: {operation: weight, socket: /s}|shop/web-1|weight",
        "haproxy: {operation: switch, socket: /s, to: till/web-2}|shop/web-1|haproxy.to",
        "kubernetes: {operation: scale}|shop/deployment/web|replicas",
        "kubernetes: {operation: cordon}|shop/deployment/web|node/<name>",
        "kubernetes: {operation: rollout-restart, context: x}|shop/deployment/web|context",
        "probe: {attempts: 0}|http://shop|attempts",
        "probe: {timeout: soon}|http://shop|timeout",
        "webhook: {url: 'ftp://x', secret: {env: S}}|shop|url",
        "webhook: {url: 'https://x'}|shop|secret",
        "webhook: {url: 'https://x', secret: {env: S}, headers: {Host: y}}|shop|headers"
      })
  void whatIsWrongIsNamed(String does, String object, String key) throws Exception {
    Path file = file(does, object);

    assertThatThrownBy(() -> new ConfigLoader().load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key);
  }

  private Path file(String does, String object) throws Exception {
    Path file = directory.resolve("tocsin.yaml");
    Files.writeString(
        file,
        "healing:\n  actions:\n    - name: one\n      targets: {host/shop: '"
            + object
            + "'}\n      does:\n"
            + does.indent(8));
    return file;
  }
}
