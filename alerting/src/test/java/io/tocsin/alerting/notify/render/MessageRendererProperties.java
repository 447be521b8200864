package io.tocsin.alerting.notify.render;

import static io.tocsin.alerting.notify.NotifyExamples.NOW;
import static io.tocsin.alerting.notify.NotifyExamples.delivery;
import static io.tocsin.alerting.notify.NotifyExamples.incident;
import static io.tocsin.alerting.notify.NotifyExamples.notification;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.notify.channel.BoundedText;
import io.tocsin.alerting.notify.channel.Escaping;
import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.schemas.NotificationKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class MessageRendererProperties {

  @Property(tries = 300)
  void whateverTheTextAMessageIsPlainBoundedAndWellFormed(
      @ForAll String text, @ForAll Escaping escaping, @ForAll NotificationKind kind) {
    ChannelConfig channel = ChannelConfig.of("ops", new StandInSpec("slack", escaping));
    Message message =
        new MessageRenderer(channel, URI.create("https://tocsin.example.org"))
            .render(
                delivery(
                    notification(kind)
                        .setIncidentId(text)
                        .setSummary(text)
                        .setReason(text)
                        .setLabels(Map.of(text, text))
                        .build()),
                Optional.of(
                    incident()
                        .setResourceId(text)
                        .setService(text)
                        .setEvidence(List.of(text, text))
                        .setRunbook(text)
                        .build()),
                NOW);

    assertThat(message.title()).isNotBlank().doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}]");
    assertThat(message.title().length()).isLessThanOrEqualTo(1_000);
    assertThat(message.body()).doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}&&[^\\n]]");
    assertThat(message.body().length()).isLessThanOrEqualTo(16_000);
    String all = message.title() + message.body() + message.link();
    // A lone half of a pair would become a question mark.
    assertThat(new String(all.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(all);
  }

  @Property
  void whatIsCutIsABeginningWithoutHalves(
      @ForAll @StringLength(max = 60) String text, @ForAll @IntRange(min = 1, max = 70) int most) {
    String escaped = new Escapes(Escaping.HTML).line(text, 60);
    String cut = BoundedText.cut(escaped, most);

    assertThat(cut.length()).isLessThanOrEqualTo(most);
    String kept = cut.endsWith("…") ? cut.substring(0, cut.length() - 1) : cut;
    assertThat(escaped).startsWith(kept);
    assertThat(kept.replaceAll("&(amp|lt|gt|quot|#39);", "")).doesNotContain("&");
    assertThat(kept.isEmpty() || !Character.isHighSurrogate(kept.charAt(kept.length() - 1)))
        .isTrue();
  }
}
