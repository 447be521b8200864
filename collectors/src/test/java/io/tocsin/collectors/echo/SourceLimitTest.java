package io.tocsin.collectors.echo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class SourceLimitTest {

  private long now;

  private static InetAddress source(int number) throws UnknownHostException {
    return InetAddress.getByAddress(
        new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
  }

  @Test
  void eachSourceHasAnAllowanceOfItsOwn() throws Exception {
    SourceLimit limit = new SourceLimit(1, () -> now);
    assertThat(limit.allows(source(1))).isTrue();
    assertThat(limit.allows(source(2))).isTrue();
    assertThat(limit.allows(source(1))).isFalse();
    now += 999_999_999L;
    assertThat(limit.allows(source(1))).isFalse();
    now += 1;
    assertThat(limit.allows(source(1))).isTrue();
  }

  @Test
  void sourcesBeyondTheTableShareOneAllowance() throws Exception {
    SourceLimit limit = new SourceLimit(2, () -> now);
    for (int i = 0; i < SourceLimit.SOURCES; i++) {
      assertThat(limit.allows(source(i))).isTrue();
    }
    assertThat(limit.allows(source(5_000))).isTrue();
    assertThat(limit.allows(source(6_000))).isTrue();
    assertThat(limit.allows(source(7_000))).isFalse();
    assertThat(limit.allows(source(3))).isTrue();
  }
}
