package io.tocsin.collectors.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class IcmpLinkTest {

  @Test
  void theChecksumIsThatOfRfc1071() {
    // Its example, section 3: the sum is ddf2.
    byte[] bytes = {0, 1, (byte) 0xf2, 3, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7};
    assertThat(IcmpLink.checksum(ByteBuffer.wrap(bytes), 8)).isEqualTo((short) ~0xddf2);
    byte[] odd = {0, 1, (byte) 0xf2};
    assertThat(IcmpLink.checksum(ByteBuffer.wrap(odd), 3)).isEqualTo((short) ~0xf201);
  }
}
