package io.tocsin.alerting.job;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Resource;

/**
 * One input of the incident book; one of its parts is there.
 *
 * @param alert what a rule says
 * @param resourceId whose description has changed
 * @param resource its description; null if it is no longer in the inventory
 * @param command what a person wishes
 * @param raw the command as it stands in its topic
 * @param result what the responder did
 */
public record BookInput(
    Alert alert,
    String resourceId,
    Resource resource,
    Command command,
    RawRecord raw,
    HealResult result) {

  static BookInput of(Alert alert) {
    return new BookInput(alert, null, null, null, null, null);
  }

  static BookInput of(String resourceId, Resource resource) {
    return new BookInput(null, resourceId, resource, null, null, null);
  }

  static BookInput of(Command command, RawRecord raw) {
    return new BookInput(null, null, null, command, raw, null);
  }

  static BookInput of(HealResult result) {
    return new BookInput(null, null, null, null, null, result);
  }
}
