package io.tocsin.alerting.healing.execute.webhook;

import io.tocsin.alerting.healing.execute.ExecutorContext;
import io.tocsin.alerting.healing.execute.ExecutorContract;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.ExecutorWorld;
import io.tocsin.alerting.healing.execute.Trouble;
import io.tocsin.alerting.outbound.OutboundHttp;
import io.tocsin.alerting.outbound.OutboundHttp.Answer;
import io.tocsin.schemas.secret.SecretRef;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** A hook that keeps what it was asked for, by the key that makes repeats harmless. */
class WebhookContractTest extends ExecutorContract {

  private final Set<String> done = new ConcurrentSkipListSet<>();
  private Trouble trouble;

  @Override
  protected ExecutorContext context() {
    OutboundHttp http = this::answer;
    return new ExecutorContext(temporary, http, super.context().clock());
  }

  private Answer answer(OutboundHttp.Call call) throws InterruptedException {
    if (trouble == Trouble.AWAY) {
      return new Answer.Unreachable("connection refused");
    }
    if (trouble == Trouble.HANGING) {
      Thread.sleep(call.timeout().toMillis());
      return new Answer.Unreachable("no answer in time");
    }
    if (trouble == Trouble.NONSENSE) {
      return new Answer.Answered(599, null, "\u0000<html>\r\n\u202e".repeat(200));
    }
    String body = new String(call.body(), StandardCharsets.UTF_8);
    if (body.contains("\"till\"")) {
      return new Answer.Answered(404, null, "no such thing");
    }
    String key = call.headers().get("Idempotency-Key");
    if (key.endsWith(":cancel")) {
      done.remove(key.replace(":cancel", ""));
    } else {
      done.add(key);
    }
    return new Answer.Answered(200, null, "");
  }

  @Override
  protected ExecutorWorld world() throws IOException {
    return new World(
        new WebhookSpec(
            URI.create("https://hooks.example.com/heal"),
            SecretRef.in(Files.writeString(temporary.resolve("secret"), "s3cret")),
            null,
            URI.create("https://hooks.example.com/cancel")));
  }

  @Override
  protected Optional<ExecutorWorld> world(Trouble wanted) throws IOException {
    trouble = wanted;
    return Optional.of(world());
  }

  private final class World implements ExecutorWorld {

    private final WebhookSpec spec;

    World(WebhookSpec spec) {
      this.spec = spec;
    }

    @Override
    public ExecutorSpec spec() {
      return spec;
    }

    @Override
    public String object() {
      return "shop";
    }

    @Override
    public Optional<String> missing() {
      return Optional.of("till");
    }

    @Override
    public Object state() {
      return Set.copyOf(done);
    }

    @Override
    public boolean compensates() {
      return true;
    }

    @Override
    public boolean adds() {
      return true;
    }

    @Override
    public void close() {}
  }
}
