package io.tocsin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessUsageTest {

  private static final String STAT =
      "4242 (a) b (c) S 1 4242 4242 0 -1 4194560 100 0 0 0 1250 250 7 9 20 0 30 0 123456 1 2 3\n";

  @Test
  void timesAreFoundBehindACommandWithBracketsAndBlanks() {
    assertThat(ProcessUsage.cpuSeconds(STAT)).isEqualTo(15.0);
  }

  @Test
  void theHighWaterMarkIsInKilobytes() {
    assertThat(
            ProcessUsage.peakBytes(List.of("Name:\tjava", "VmHWM:\t    1024 kB", "VmRSS:\t 9 kB")))
        .isEqualTo(1_048_576);
    assertThat(ProcessUsage.peakBytes(List.of("Name:\tjava"))).isZero();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thisProcessHasUsedSome() throws IOException {
    ProcessUsage usage = ProcessUsage.of(ProcessHandle.current().pid());
    assertThat(usage.cpuSeconds()).isPositive();
    assertThat(usage.peakBytes()).isGreaterThan(1 << 20);
  }

  @Test
  void aProcessThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> ProcessUsage.of(Long.MAX_VALUE)).isInstanceOf(IOException.class);
  }
}
