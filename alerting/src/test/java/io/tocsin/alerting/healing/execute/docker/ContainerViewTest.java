package io.tocsin.alerting.healing.execute.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.alerting.healing.execute.ByteSize;
import io.tocsin.alerting.healing.execute.MemoryStep;
import io.tocsin.alerting.healing.execute.docker.DockerSpec.CpuStep;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerViewTest {

  private static ContainerView view(String status, String policy, int most, int restarts)
      throws IOException {
    return ContainerView.of(
        new ObjectMapper()
            .readTree(
                """
                {"RestartCount": %d, "State": {"Status": "%s", "ExitCode": 1}, "Config": {},
                 "HostConfig": {"RestartPolicy": {"Name": "%s", "MaximumRetryCount": %d}}}
                """
                    .formatted(restarts, status, policy, most)));
  }

  @ParameterizedTest
  @CsvSource({
    "running, always, 0, 0, false",
    "exited, no, 0, 0, false",
    "exited, '', 0, 0, false",
    "exited, always, 0, 0, true",
    "exited, unless-stopped, 0, 4, true",
    "exited, on-failure, 3, 2, true",
    "exited, on-failure, 3, 3, false",
    "restarting, on-failure, 3, 1, true",
    "paused, no, 0, 0, true",
    "removing, no, 0, 0, true",
    "dead, no, 0, 0, false"
  })
  void hasAnOwnerWhereDockerOrSomebodyActsItself(
      String status, String policy, int most, int restarts, boolean owned) throws IOException {
    assertThat(view(status, policy, most, restarts).owner().isPresent()).isEqualTo(owned);
  }

  @Test
  void anAnswerThatIsNoneIsRefused() {
    assertThatThrownBy(() -> ContainerView.of(new ObjectMapper().readTree("{\"State\": 1}")))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("does not look as documented");
  }

  @Test
  void limitsGrowByAStepUpToTheirBoundAndOnlyWhereThereAreSome() {
    MemoryStep memory = new MemoryStep(ByteSize.parse("100MiB"), ByteSize.parse("1GiB"));
    CpuStep cpus = new CpuStep(0.5, 1.2);
    ContainerLimits none = new ContainerLimits(0, 0, 0, 0, 0);
    assertThat(none.more(memory).more(cpus)).isEqualTo(none);

    ContainerLimits quota = new ContainerLimits(1000L << 20, 2000L << 20, 0, 50_000, 0);
    ContainerLimits more = quota.more(memory).more(cpus);
    assertThat(more).isEqualTo(new ContainerLimits(1024L << 20, 2024L << 20, 0, 100_000, 0));
    assertThat(more.more(cpus).cpus()).isEqualTo(1.2);
    assertThat(more.more(cpus).more(cpus)).isEqualTo(more.more(cpus));
    assertThat(more.more(memory).since(more)).isEmpty();
    assertThat(ContainerLimits.of(more.facts())).isEqualTo(more);

    ContainerLimits above = new ContainerLimits(4096L << 20, -1, 3_000_000_000L, 0, 0);
    assertThat(above.more(memory).more(cpus)).isEqualTo(above);
  }
}
