package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Health checks as people write them, here as JSON, with the names that YAML has. */
class HealthCheckConfigTest {

  private static final ObjectMapper KEBAB =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).build();

  @Test
  void everyTargetHasItsKeyAndItsDefaults() throws Exception {
    assertThat(target("'http': {'url': 'http://a/'}"))
        .isEqualTo(new Target.Http(URI.create("http://a/"), 200, 299, null));
    assertThat(target("'tcp': {'host': 'a', 'port': 5}")).isEqualTo(new Target.Tcp("a", 5));
    assertThat(target("'grpc': {'host': 'a', 'port': 5}"))
        .isEqualTo(new Target.Grpc("a", 5, "", false));
    assertThat(target("'exec': {'argv': ['/bin/true', 'x']}"))
        .isEqualTo(new Target.Exec(List.of("/bin/true", "x"), null, List.of()));
    assertThat(target("'systemd': {'unit': 'shop'}"))
        .isEqualTo(new Target.Systemd("shop.service", "unix:path=/run/dbus/system_bus_socket"));
    assertThat(target("'docker': {'container': 'shop'}"))
        .isEqualTo(new Target.Docker("shop", Path.of("/var/run/docker.sock")));
    assertThat(target("'kubernetes': {'selector': 'app=shop', 'min-ready-percent': 50}"))
        .isEqualTo(
            new Target.Kubernetes(
                "default",
                null,
                "app=shop",
                null,
                50,
                URI.create("https://kubernetes.default.svc"),
                null,
                null));
  }

  @Test
  void hysteresisIsPassedOn() throws Exception {
    HealthCheck check = read("'id': 'a', 'rise': 2, 'fall': 3, 'tcp': {'host': 'a', 'port': 5}");

    assertThat(check.rise()).isEqualTo(2);
    assertThat(check.fall()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'x': 1 | no target: give it http, tcp, grpc, exec, systemd, docker or kubernetes",
        "'tcp': {'host': 'a', 'port': 5}, 'docker': {'container': 'a'} | has 2 targets: make a"
            + " check of each",
        "'fall': 0, 'tcp': {'host': 'a', 'port': 5} | fall must be from 1 to 100",
        "'rise': 101, 'tcp': {'host': 'a', 'port': 5} | rise must be from 1 to 100",
        "'grpc': {'host': 'a', 'port': 0} | 1 to 65535",
        "'exec': {'argv': []} | begin it with a program",
        "'exec': {'argv': ['./x']} | must be an absolute path",
        "'exec': {'argv': ['x'], 'working-directory': 'y'} | must be absolute",
        "'exec': {'argv': ['x'], 'unknown-exit-codes': [0]} | must be from 1 to 255",
        "'systemd': {'unit': '../x'} | must match",
        "'systemd': {'unit': 'x', 'address': 'tcp:host=a'} | must look like unix:path=",
        "'docker': {'container': '../../images/json'} | must match",
        "'kubernetes': {} | exactly one of pod, selector and deployment",
        "'kubernetes': {'pod': 'a', 'deployment': 'b'} | exactly one of",
        "'kubernetes': {'pod': '../secrets/a'} | must match",
        "'kubernetes': {'namespace': 'A', 'pod': 'a'} | must match",
        "'kubernetes': {'pod': 'a', 'min-ready-percent': 0} | must be from 1 to 100",
        "'kubernetes': {'pod': 'a', 'api': 'https://u:p@a'} | must look like https://host:port",
        "'kubernetes': {'pod': 'a', 'api': 'file:///etc'} | must look like https://host:port"
      })
  void whatCannotRunIsRefusedWithAReason(String target, String reason) {
    assertThatThrownBy(() -> read("'id': 'shop', " + target.replace("'x': 1", "'service': 'a'")))
        .isInstanceOf(ValueInstantiationException.class)
        .cause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("u:p");
  }

  private static Target target(String target) throws Exception {
    return read("'id': 'a', " + target).target();
  }

  private static HealthCheck read(String check) throws Exception {
    return KEBAB.readValue("{" + check.replace('\'', '"') + "}", HealthCheckConfig.class).check();
  }
}
