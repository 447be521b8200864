package io.tocsin.server.delivery;

import static io.tocsin.server.http.HttpGuard.problem;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import java.util.List;
import java.util.Set;

/** What people were told. */
public final class DeliveryApi implements Area {

  private final Deliveries deliveries;

  /** From what is known of deliveries. */
  public DeliveryApi(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/deliveries", Role.VIEWER)
            .does("notifications", "What people were told, oldest first.")
            .query("incident", "of this incident only")
            .answersMany(DeliveryView.class)
            .by(this::deliveries));
  }

  private void deliveries(Context context) {
    if (!Set.of("incident").containsAll(context.queryParamMap().keySet())) {
      problem(context, HttpStatus.BAD_REQUEST, "the one parameter is incident=ID");
      return;
    }
    context.json(deliveries.of(context.queryParam("incident")));
  }
}
