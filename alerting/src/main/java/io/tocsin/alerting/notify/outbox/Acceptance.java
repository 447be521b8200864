package io.tocsin.alerting.notify.outbox;

import io.tocsin.schemas.Delivery;
import java.util.List;

/** What the outbox made of a notification. */
public sealed interface Acceptance {

  /**
   * It is to be told, or its end says that it need not be.
   *
   * @param records to be written before anything is sent
   */
  record Taken(List<Delivery> records) implements Acceptance {}

  /**
   * Nothing is to be done about it.
   *
   * @param reason one word or two, to count by
   */
  record Ignored(String reason) implements Acceptance {}
}
