package io.tocsin.streams.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpisodesTest {

  private static final Episode RAISED = new Episode(1_000, 9_000, true, false, -1, 6_000);

  @Test
  void theFirstVersionsBytesAreStillRead() {
    Episodes episodes = new Episodes(RAISED, null, null, null);
    byte[] bytes = episodes.encode();
    assertThat(bytes[0]).isEqualTo((byte) 2);
    bytes[0] = 1;
    assertThat(Episodes.decode(bytes)).contains(episodes);
  }

  @Test
  void anotherVersionsBytesAreNot() {
    assertThat(Episodes.decode(new byte[] {99, 1, 2, 3})).isEmpty();
  }
}
