package io.tocsin.alerting.healing.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.AuditEntry;
import io.tocsin.schemas.AuditKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.Schema;

/** Whatever is done to a chain shows. */
class AuditChainProperties {

  private static final List<Schema.Field> FIELDS = AuditEntry.getClassSchema().getFields();

  @Property
  void anyChangeOfAnyFieldIsFound(
      @ForAll @IntRange(min = 1, max = 12) int length,
      @ForAll @IntRange(min = 0, max = 11) int at,
      @ForAll @IntRange(min = 0, max = 14) int field,
      @ForAll @IntRange(min = 1, max = 255) int by) {
    List<AuditEntry> chain = new ArrayList<>(Chains.of(length));
    int index = at % length;
    AuditEntry changed = AuditEntry.newBuilder(chain.get(index)).build();
    change(changed, FIELDS.get(field % FIELDS.size()), by);
    chain.set(index, changed);
    assertThat(AuditChain.verify(chain)).isInstanceOf(AuditVerdict.Broken.class);
  }

  private static void change(AuditEntry entry, Schema.Field field, int by) {
    Object old = entry.get(field.pos());
    if (old instanceof Long number) {
      entry.put(field.pos(), number + by);
    } else if (old instanceof Instant time) {
      entry.put(field.pos(), time.plusMillis(by));
    } else if (old instanceof AuditKind kind) {
      int kinds = AuditKind.values().length;
      entry.put(field.pos(), AuditKind.values()[(kind.ordinal() + 1 + by % (kinds - 1)) % kinds]);
    } else if (old instanceof List<?> names) {
      List<Object> fewer = new ArrayList<>(names);
      fewer.remove(by % fewer.size());
      entry.put(field.pos(), fewer);
    } else {
      entry.put(field.pos(), old.toString() + (char) ('a' + by % 26));
    }
  }

  @Property
  void aMissingEntryIsFound(
      @ForAll @IntRange(min = 3, max = 12) int length,
      @ForAll @IntRange(min = 0, max = 11) int at) {
    List<AuditEntry> chain = new ArrayList<>(Chains.of(length));
    // The first may be gone by retention; the last shows against a head kept elsewhere only.
    chain.remove(1 + at % (length - 2));
    assertThat(AuditChain.verify(chain)).isInstanceOf(AuditVerdict.Broken.class);
  }

  @Property
  void anEntryThatIsThereTwiceIsFound(
      @ForAll @IntRange(min = 1, max = 12) int length,
      @ForAll @IntRange(min = 0, max = 11) int of,
      @ForAll @IntRange(min = 0, max = 12) int to) {
    List<AuditEntry> chain = new ArrayList<>(Chains.of(length));
    chain.add(to % (length + 1), chain.get(of % length));
    assertThat(AuditChain.verify(chain)).isInstanceOf(AuditVerdict.Broken.class);
  }

  @Property
  void twoEntriesThatChangedPlacesAreFound(
      @ForAll @IntRange(min = 2, max = 12) int length,
      @ForAll @IntRange(min = 0, max = 11) int one,
      @ForAll @IntRange(min = 1, max = 11) int distance) {
    List<AuditEntry> chain = new ArrayList<>(Chains.of(length));
    int from = one % length;
    int to = (from + 1 + distance % (length - 1)) % length;
    Collections.swap(chain, from, to);
    assertThat(from).isNotEqualTo(to);
    assertThat(AuditChain.verify(chain)).isInstanceOf(AuditVerdict.Broken.class);
  }

  @Property
  void textThatMovesFromOneFieldToTheNextIsFound(@ForAll @IntRange(min = 1, max = 3) int letters) {
    List<AuditEntry> chain = new ArrayList<>(Chains.of(1));
    AuditEntry moved = AuditEntry.newBuilder(chain.get(0)).build();
    String planId = moved.getPlanId();
    moved.setPlanId(planId.substring(0, planId.length() - letters));
    moved.setIncidentId(planId.substring(planId.length() - letters) + moved.getIncidentId());
    assertThat(AuditChain.verify(List.of(moved))).isInstanceOf(AuditVerdict.Broken.class);
  }
}
