package io.tocsin.alerting.signal;

import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.util.List;
import java.util.Map;

/** Figures of a record, and what every observation has beside them: whose they are. */
record Context(
    Fields own,
    String resource,
    ResourceKind kind,
    String series,
    String service,
    Tier tier,
    Map<String, String> labels)
    implements Fields {

  static final List<FieldDoc> DOCS =
      List.of(
          FieldDoc.text("resource", "Id of the resource, such as host/web-1."),
          FieldDoc.words("kind", ResourceKind.class, "Kind of the resource."),
          FieldDoc.text(
              "service", "Name of the service the resource belongs to; empty if it is in none."),
          FieldDoc.words("tier", Tier.class, "Whether the system is unavailable without it."),
          FieldDoc.text("series", "Which of several things of the resource; empty if one."),
          new FieldDoc(
              "labels",
              FieldType.LABELS,
              "",
              "Labels of the series; ask whether there is one first: \"zone\" in labels.",
              List.of()));

  @Override
  public Object get(String name) {
    Object figure = own.get(name);
    if (figure != null) {
      return figure;
    }
    return switch (name) {
      case "resource" -> resource;
      case "kind" -> kind.name();
      case "service" -> service == null ? "" : service;
      case "tier" -> tier.name();
      case "series" -> series;
      case "labels" -> labels;
      default -> null;
    };
  }
}
