package io.tocsin.alerting.healing.signature;

import io.tocsin.schemas.HealPlan;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a plan that are signed: the name of this form and all fields but the signature, each
 * as its length in bytes (four bytes, most significant first) and its UTF-8 text, so that no two
 * plans share them. A service that is null differs from one that is empty.
 */
final class PlanBytes {

  private static final String FORM = "tocsin-plan-v1";

  private PlanBytes() {}

  static byte[] of(HealPlan plan) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    add(bytes, FORM);
    add(bytes, plan.getId());
    add(bytes, plan.getIncidentId());
    add(bytes, Integer.toString(plan.getAttempt()));
    add(bytes, plan.getAction());
    add(bytes, plan.getTargetId());
    add(bytes, plan.getService() == null ? "-" : "+" + plan.getService());
    add(bytes, plan.getPriority().name());
    add(bytes, plan.getReason());
    add(bytes, Long.toString(plan.getCreatedAt().toEpochMilli()));
    add(bytes, Long.toString(plan.getNotAfter().toEpochMilli()));
    add(bytes, plan.getRule());
    add(bytes, plan.getRuleVersion());
    add(bytes, plan.getAlertId());
    add(bytes, plan.getKeyId());
    return bytes.toByteArray();
  }

  private static void add(ByteArrayOutputStream bytes, String field) {
    byte[] text = field.getBytes(StandardCharsets.UTF_8);
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
    bytes.writeBytes(text);
  }
}
