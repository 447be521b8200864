package io.tocsin.alerting.healing.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.healing.HealExamples;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Priority;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.Schema;

/** No field of a signed plan can be changed without its showing. */
class PlanSignatureProperties {

  private static final List<Schema.Field> FIELDS = HealPlan.getClassSchema().getFields();
  private static final KeyPair PAIR = PlanKeys.generate();

  private final PlanSigner signer = new PlanSigner(PAIR.getPrivate(), PAIR.getPublic());
  private final PlanVerifier verifier = PlanVerifier.of(PAIR.getPublic());

  @Property(tries = 300)
  void aPlanWithAnyFieldChangedIsForged(
      @ForAll @IntRange(min = 0, max = 14) int which,
      @ForAll @IntRange(min = 1, max = 200) int by) {
    HealPlan plan = signer.sign(HealExamples.plan("p"));
    assertThat(verifier.objection(plan)).isEmpty();
    Schema.Field field = FIELDS.get(which % FIELDS.size());
    change(plan, field, by);
    assertThat(verifier.objection(plan)).as("%s changed: %s", field.name(), plan).isPresent();
  }

  private static void change(HealPlan plan, Schema.Field field, int by) {
    Object old = plan.get(field.pos());
    if (old instanceof Integer number) {
      plan.put(field.pos(), number + by);
    } else if (old instanceof Instant time) {
      plan.put(field.pos(), time.plusMillis(by));
    } else if (old instanceof Priority priority) {
      plan.put(field.pos(), Priority.values()[(priority.ordinal() + 1 + by % 3) % 4]);
    } else if (old instanceof ByteBuffer signature) {
      byte[] bytes = new byte[signature.remaining()];
      signature.duplicate().get(bytes);
      bytes[by % bytes.length] ^= (byte) (1 + by % 127);
      plan.put(field.pos(), ByteBuffer.wrap(bytes));
    } else {
      plan.put(field.pos(), old + "x");
    }
  }
}
