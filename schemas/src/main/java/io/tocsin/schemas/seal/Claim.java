package io.tocsin.schemas.seal;

import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Origin;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.SecurityEvent;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a record says of itself.
 *
 * @param agent who measured; null where the record does not say
 * @param resourceId what it speaks of
 * @param parent what that runs on; null where the record does not say
 */
record Claim(String agent, String resourceId, String parent) {

  /** The claim of a value of a sealed topic. */
  static Claim of(SpecificRecord value) {
    if (value instanceof Sample sample) {
      return new Claim(agent(sample.getOrigin()), sample.getResourceId(), null);
    }
    if (value instanceof Probe probe) {
      return new Claim(agent(probe.getOrigin()), probe.getResourceId(), null);
    }
    if (value instanceof Measurement figure) {
      return new Claim(agent(figure.getOrigin()), figure.getResourceId(), null);
    }
    if (value instanceof SecurityEvent event) {
      return new Claim(agent(event.getOrigin()), event.getResourceId(), null);
    }
    if (value instanceof Resource resource) {
      return new Claim(null, resource.getId(), resource.getParent());
    }
    throw new IllegalArgumentException(
        "no agent writes a " + value.getSchema().getFullName() + ": its topic cannot be sealed");
  }

  private static String agent(Origin origin) {
    return origin.getAgent();
  }
}
