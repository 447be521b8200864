package io.tocsin.server.security;

import io.javalin.http.Context;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.Pages;
import io.tocsin.server.http.Query;
import io.tocsin.server.http.RequestProblem;
import java.util.List;
import java.util.Set;

/** Container policy to read. */
public final class SecurityApi implements Area {

  private static final Set<String> DECISIONS = Set.of("DENY", "AUDIT");

  private final Policies policies;
  private final Violations violations;

  /** From what is known of policies, and of what was done against them. */
  public SecurityApi(Policies policies, Violations violations) {
    this.policies = policies;
    this.violations = violations;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/policies", Role.VIEWER)
            .does("security", "Container policies, in the order in which they are asked.")
            .answersMany(PolicyView.class)
            .by(context -> context.json(policies.all())),
        Endpoint.get("/api/v1/security/report", Role.VIEWER)
            .does("security", "The newest security report.")
            .answers(SecurityReportView.class)
            .by(context -> context.json(policies.report())),
        Endpoint.get("/api/v1/violations", Role.VIEWER)
            .does("security", "What was done against policies, newest first.")
            .query("policy", "of this policy only")
            .query("resource", "on this resource only")
            .query("decision", "with this effect only", "DENY", "AUDIT")
            .answersPages(ViolationView.class)
            .by(this::violations),
        Endpoint.get("/api/v1/images", Role.VIEWER)
            .does("security", "The newest scan of each image, worst news first.")
            .answersPages(ImageView.class)
            .by(context -> Pages.answer(context, violations.images(), ImageView::image)));
  }

  private void violations(Context context) throws RequestProblem {
    String decision = context.queryParam("decision");
    if (decision != null && !DECISIONS.contains(decision)) {
      throw new RequestProblem(List.of("decision: must be DENY or AUDIT"));
    }
    List<ViolationView> wanted =
        violations.all().stream()
            .filter(Query.is(context, "policy", ViolationView::policy))
            .filter(Query.is(context, "resource", ViolationView::resource))
            .filter(Query.is(context, "decision", ViolationView::decision))
            .toList();
    Pages.answer(context, wanted, ViolationView::id);
  }
}
