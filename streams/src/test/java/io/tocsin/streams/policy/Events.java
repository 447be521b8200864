package io.tocsin.streams.policy;

import io.tocsin.schemas.Examples;
import io.tocsin.schemas.FindingCounts;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Scan;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecuritySource;
import io.tocsin.schemas.SevereFinding;
import io.tocsin.schemas.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Security events as the collectors make them. */
public final class Events {

  private Events() {}

  /** Something was done to the container web of host-1. */
  public static SecurityEvent.Builder docker(String id, String action) {
    return SecurityEvent.newBuilder()
        .setId(id)
        .setAt(Examples.NOON)
        .setOrigin(Examples.origin(0))
        .setSource(SecuritySource.DOCKER)
        .setAction(action)
        .setSeverity(Severity.INFO)
        .setResourceId("container/host-1.web")
        .setKind(ResourceKind.CONTAINER)
        .setService("shop")
        .setContainer("web")
        .setImage("registry.local/shop:1.4")
        .setTitle("web: " + action)
        .setAttributes(Map.of());
  }

  /** A scan that found these, such as {@code "CRITICAL CVE-1"}. */
  public static SecurityEvent.Builder scan(String image, Instant at, String... severe) {
    List<SevereFinding> findings =
        Stream.of(severe)
            .map(each -> each.split(" "))
            .map(each -> new SevereFinding("trivy-" + each[1], each[1], Severity.valueOf(each[0])))
            .toList();
    return SecurityEvent.newBuilder()
        .setId("scan-" + image + "-" + at)
        .setAt(at)
        .setOrigin(Examples.origin(0))
        .setSource(SecuritySource.TRIVY)
        .setAction("scan")
        .setSeverity(Severity.INFO)
        .setResourceId("unspecified/" + image)
        .setKind(ResourceKind.UNSPECIFIED)
        .setImage(image)
        .setTitle(image + " was scanned")
        .setAttributes(Map.of())
        .setScan(new Scan(new FindingCounts(1, 2, 3, 4, 5), findings, true));
  }
}
