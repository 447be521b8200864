package io.tocsin.schemas.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TopicSizesTest {

  private static final TopicSizes LARGE = new TopicSizes(24, Duration.ofHours(12));

  @Test
  void whatIsMeasuredIsSpread() {
    assertThat(LARGE.partitions(Topics.SAMPLES.partitions())).isEqualTo(24);
    assertThat(LARGE.settings(4, Topics.SAMPLES.settings()))
        .containsEntry("retention.ms", "43200000");
  }

  @Test
  void whatPeopleReadStaysInOrderAndAsLongAsItIs() {
    Map<String, String> settings = Topics.INCIDENTS.settings();

    assertThat(LARGE.partitions(Topics.INCIDENTS.partitions())).isEqualTo(1);
    assertThat(LARGE.settings(1, settings)).isEqualTo(settings);
  }

  @Test
  void nothingIsChangedUnlessSomebodySaysSo() {
    assertThat(TopicSizes.USUAL.partitions(4)).isEqualTo(4);
    assertThat(TopicSizes.USUAL.settings(4, Topics.SAMPLES.settings()))
        .isEqualTo(Topics.SAMPLES.settings());
  }

  @Test
  void whatStagesCouldNotBearIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TopicSizes(129, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new TopicSizes(4, Duration.ofSeconds(1)));
  }
}
