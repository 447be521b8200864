package io.tocsin.alerting.notify.channel;

import static io.tocsin.alerting.notify.NotifyExamples.NOW;
import static io.tocsin.alerting.notify.NotifyExamples.delivery;
import static io.tocsin.alerting.notify.NotifyExamples.incident;
import static io.tocsin.alerting.notify.NotifyExamples.notification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tocsin.alerting.notify.channel.FakeReceiver.Does;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.render.MessageRenderer;
import io.tocsin.alerting.outbound.OutboundHttp;
import io.tocsin.alerting.outbound.OutboundRules;
import io.tocsin.alerting.outbound.PinnedHttp;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.secret.SecretRef;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every channel keeps to, whoever its receiver is. */
public abstract class ChannelContract {

  /** The key of the receiver. */
  protected static final String KEY = "S3cretKey0123456789abcdefXYZ";

  /** Text that somebody would like to be more than text. */
  protected static final String HOSTILE =
      "<img src=x onerror=alert(1)> <!channel> $(id) `id` =cmd|x \"quoted\" 'q' \\ {{summary}}"
          + " \u202etxt.exe \u0000\u001b[31m\r\nBcc: evil@example.org\r\n.\r\n";

  @TempDir Path directory;

  protected FakeReceiver receiver;
  private Path keyFile;
  private PinnedHttp http;

  /** A receiver that accepts. */
  protected abstract FakeReceiver start();

  /** A channel to it. */
  protected abstract ChannelSpec spec(SecretRef key);

  /** What stands in the file of the key. */
  protected String key() {
    return KEY;
  }

  /** A channel that does not wait as long as usual for a receiver that hangs. */
  protected Channel openHasty(ChannelSpec spec) {
    return spec.open(new ChannelContext(new Within(http, Duration.ofMillis(500)), clock()));
  }

  /** A channel that waits longer than usual: on a busy machine what is well may be slow. */
  protected Channel open(ChannelSpec spec) {
    return spec.open(new ChannelContext(new Within(http, Duration.ofSeconds(60)), clock()));
  }

  /** How long the receiver asks to wait when there were too many. */
  protected Duration asksFor() {
    return Duration.ofSeconds(7);
  }

  /** What tells the receiver which incident it is. */
  protected abstract String dedupKey(String received);

  /** Whether the receiver is told that it is over. */
  protected abstract boolean closes(String received);

  /** All texts that people may see. */
  protected List<String> texts(String received) throws IOException {
    List<String> texts = new ArrayList<>();
    gather(new ObjectMapper().readTree(received), texts);
    return texts;
  }

  private static void gather(JsonNode node, List<String> texts) {
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.fieldNames().forEachRemaining(texts::add);
    node.forEach(each -> gather(each, texts));
  }

  /** Whether the receiver would take a part of it for more than text. */
  protected abstract void assertIsTextThere(List<String> texts);

  @BeforeEach
  void begin() throws IOException {
    http = new PinnedHttp(OutboundRules.of(List.of("127.0.0.0/8")), clock());
    receiver = start();
    keyFile = directory.resolve("key");
    Files.writeString(keyFile, key() + "\n");
  }

  @AfterEach
  void end() {
    receiver.close();
    http.close();
  }

  @Test
  void whatTheReceiverTakesIsAccepted() throws Exception {
    assertThat(sent(NotificationKind.PAGE)).isInstanceOf(SendAnswer.Accepted.class);
    assertThat(receiver.received()).hasSize(1);
  }

  @Test
  void tooManyIsForLaterAndAsLateAsTheReceiverAsks() throws Exception {
    receiver.does(Does.LATER);

    SendAnswer answer = sent(NotificationKind.PAGE);

    assertThat(answer).isInstanceOf(SendAnswer.TryAgain.class);
    assertThat(((SendAnswer.TryAgain) answer).retryAfter()).isEqualTo(asksFor());
  }

  @ParameterizedTest
  @EnumSource(
      value = Does.class,
      names = {"BROKEN", "BAD_GATEWAY"})
  void aReceiverThatIsBrokenIsTriedAgain(Does does) throws Exception {
    receiver.does(does);

    assertThat(sent(NotificationKind.PAGE)).isInstanceOf(SendAnswer.TryAgain.class);
  }

  @Test
  void aReceiverThatHangsIsTriedAgain() throws Exception {
    receiver.does(Does.HANG);
    try (Channel channel = openHasty(spec(reference()))) {
      SendAnswer answer = channel.send(message(NotificationKind.PAGE, incident().build(), "new"));

      assertThat(answer).isInstanceOf(SendAnswer.TryAgain.class);
      assertThat(answer.toString()).contains("within");
    }
  }

  @Test
  void aReceiverThatIsAwayIsTriedAgain() throws Exception {
    ChannelSpec spec = spec(reference());
    int port = receiver.port();
    receiver.close();

    try (Socket held = held(port);
        Channel channel = open(spec)) {
      assertThat(held.isBound()).isTrue();
      assertThat(channel.send(message(NotificationKind.PAGE, incident().build(), "new")))
          .isInstanceOf(SendAnswer.TryAgain.class);
    }
  }

  /**
   * Bound and not listened on: who connects is refused, and no other process gets the port and
   * answers. A server that was closed while it waited has the port for a moment more.
   */
  private static Socket held(int port) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsInstanceOf(BindException.class)
        .until(
            () -> {
              Socket socket = new Socket();
              socket.bind(new InetSocketAddress("127.0.0.1", port));
              return socket;
            },
            Socket::isBound);
  }

  @ParameterizedTest
  @EnumSource(
      value = Does.class,
      names = {"NOT_UNDERSTAND", "NOT_BE_FOUND"})
  void whatTheReceiverNeverTakesIsRefused(Does does) throws Exception {
    receiver.does(does);

    assertThat(sent(NotificationKind.PAGE)).isInstanceOf(SendAnswer.Refused.class);
  }

  @Test
  void aKeyThatIsNotTakenIsTheOperatorsToMendAndItsPlaceIsNamed() throws Exception {
    receiver.does(Does.NOT_KNOW_THE_KEY);

    SendAnswer answer = sent(NotificationKind.PAGE);

    assertThat(answer).isInstanceOf(SendAnswer.TryAgain.class);
    assertThat(answer.toString()).contains("file " + keyFile);
  }

  @Test
  void aKeyThatIsNotThereIsTheOperatorsToMendAndItsPlaceIsNamed() throws Exception {
    Files.delete(keyFile);

    SendAnswer answer = sent(NotificationKind.PAGE);

    assertThat(answer).isInstanceOf(SendAnswer.TryAgain.class);
    assertThat(answer.toString()).contains("file " + keyFile);
    assertThat(receiver.received()).isEmpty();
  }

  @Test
  void aKeyIsReadForEachMessage() throws Exception {
    try (Channel channel = open(spec(reference()))) {
      Message message = message(NotificationKind.PAGE, incident().build(), "new");
      Files.writeString(keyFile, "");
      assertThat(channel.send(message)).isInstanceOf(SendAnswer.TryAgain.class);
      Files.writeString(keyFile, key());
      assertThat(channel.send(message)).isInstanceOf(SendAnswer.Accepted.class);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Does.class, mode = EnumSource.Mode.EXCLUDE, names = "HANG")
  void theKeyIsInNoAnswerEvenIfTheReceiverRepeatsIt(Does does) throws Exception {
    receiver.does(does);

    assertThat(sent(NotificationKind.PAGE).toString())
        .doesNotContainIgnoringCase(KEY)
        .doesNotContainIgnoringCase(KEY.substring(0, 8));
  }

  @Test
  void hostileTextArrivesAsText() throws Exception {
    String longest = HOSTILE + "ä😀".repeat(32_768);
    for (String text : List.of(HOSTILE, longest)) {
      Incident hostile =
          incident()
              .setSummary(text)
              .setRule(text)
              .setResourceId(text)
              .setService(text)
              .setEvidence(List.of(text))
              .setAffected(List.of(text))
              .setRunbook(text)
              .build();
      try (Channel channel = open(spec(reference()))) {
        assertThat(channel.send(message(NotificationKind.PAGE, hostile, text)))
            .isInstanceOf(SendAnswer.Accepted.class);
      }
      String last = receiver.received().get(receiver.received().size() - 1);
      assertThat(last.length()).isLessThan(100_000);
      List<String> texts = texts(last);
      assertThat(texts).anyMatch(each -> each.contains("$(id)"));
      assertThat(texts)
          .allSatisfy(
              each ->
                  assertThat(each).doesNotContain("\u0000", "\u001b", "\u202e", "\r", "\nBcc:"));
      assertIsTextThere(texts);
    }
  }

  @Test
  void aMessageThatIsSentTwiceHasTheSameKey() throws Exception {
    sent(NotificationKind.PAGE);
    sent(NotificationKind.PAGE);
    sent(NotificationKind.ESCALATION);

    assertThat(receiver.received()).hasSize(3);
    assertThat(receiver.received().stream().map(this::dedupKey).distinct()).hasSize(1);
    assertThat(dedupKey(receiver.received().get(0))).isNotEmpty();
  }

  @Test
  void anIncidentThatIsOverIsClosed() throws Exception {
    sent(NotificationKind.PAGE);
    sent(NotificationKind.RESOLVED);

    assertThat(closes(receiver.received().get(0))).isFalse();
    assertThat(closes(receiver.received().get(1))).isTrue();
    assertThat(dedupKey(receiver.received().get(1)))
        .isEqualTo(dedupKey(receiver.received().get(0)));
  }

  /** The files show, too, what a receiver has to expect. */
  @ParameterizedTest
  @EnumSource(
      value = NotificationKind.class,
      names = {"PAGE", "RESOLVED"})
  void whatIsSentIsAsItWasAgreed(NotificationKind kind) throws Exception {
    sent(kind);

    String name = getClass().getSimpleName() + "." + kind.name().toLowerCase(Locale.ROOT) + ".txt";
    try (InputStream in = getClass().getResourceAsStream(name)) {
      assertThat(shown(receiver.received().get(0)))
          .isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** What was received, without what is different each time. */
  protected String shown(String received) throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    Object read = mapper.readValue(received, Object.class);
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(read) + "\n";
  }

  @Test
  void nothingButTheNotificationIsNeeded() throws Exception {
    ChannelSpec spec = spec(reference());
    Message message =
        new MessageRenderer(ChannelConfig.of("ops", spec), null)
            .render(
                delivery(notification(NotificationKind.PAGE).setDueAt(null).build()),
                Optional.empty(),
                NOW);
    try (Channel channel = open(spec)) {
      assertThat(channel.send(message)).isInstanceOf(SendAnswer.Accepted.class);
    }
  }

  protected SecretRef reference() {
    return SecretRef.in(keyFile);
  }

  protected SendAnswer sent(NotificationKind kind) throws InterruptedException {
    try (Channel channel = open(spec(reference()))) {
      return channel.send(message(kind, incident().build(), "it is new"));
    } catch (RuntimeException broken) {
      throw new AssertionError("a channel throws nothing", broken);
    }
  }

  /** A message as the notifier would send it. */
  protected Message message(NotificationKind kind, Incident incident, String text) {
    return new MessageRenderer(
            ChannelConfig.of("ops", spec(reference())), URI.create("https://tocsin.example.org"))
        .render(
            delivery(
                notification(kind)
                    .setSummary(incident.getSummary())
                    .setReason(text)
                    .setLabels(Map.of("team", text))
                    .build()),
            Optional.of(incident),
            NOW);
  }

  protected static Clock clock() {
    return Clock.fixed(NOW, ZoneOffset.UTC);
  }

  /** Waits for as long as a test says, whatever the channel says. */
  private record Within(OutboundHttp http, Duration limit) implements OutboundHttp {
    @Override
    public Answer send(Call call) throws InterruptedException {
      return http.send(
          new Call(
              call.method(), call.uri(), call.headers(), call.body(), call.contentType(), limit));
    }
  }
}
