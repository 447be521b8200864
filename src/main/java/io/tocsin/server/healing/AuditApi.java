package io.tocsin.server.healing;

import io.javalin.http.Context;
import io.tocsin.schemas.AuditKind;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Bounded;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.Pages;
import io.tocsin.server.http.Query;
import io.tocsin.server.http.RequestProblem;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who or what decided about healing. The chain is followed on the topic itself whenever somebody
 * asks, because what was read once says nothing of what stands there now.
 */
public final class AuditApi implements Area, AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final String[] KINDS =
      Stream.of(AuditKind.values()).map(Enum::name).toArray(String[]::new);

  private final Audits audits;
  private final AuditReport.Source source;
  private final Bounded verifications = new Bounded("verifications of the audit", 1, LONGEST);

  /** From what is known of it, and from its topic. */
  public AuditApi(Audits audits, AuditReport.Source source) {
    this.audits = audits;
    this.source = source;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/audit", Role.VIEWER)
            .does("healing", "Entries of the audit, newest first.")
            .query("incident", "of this incident only")
            .query("plan", "of this plan only")
            .query("target", "of this resource only")
            .query("actor", "of this person, responder or rule only")
            .query("kind", "of this kind only", KINDS)
            .answersPages(AuditView.class)
            .by(this::list),
        Endpoint.get("/api/v1/audit/verify", Role.VIEWER)
            .does("healing", "Whether the audit is as it was written.")
            .answers(AuditReport.class)
            .by(
                context ->
                    verifications
                        .answer(context, () -> AuditReport.of(source))
                        .ifPresent(context::json)));
  }

  private void list(Context context) throws RequestProblem {
    String kind = context.queryParam("kind");
    if (kind != null && !Arrays.asList(KINDS).contains(kind)) {
      throw new RequestProblem(List.of("kind: must be one of " + String.join(", ", KINDS)));
    }
    List<AuditView> wanted =
        audits.all().stream()
            .filter(Query.is(context, "incident", AuditView::incidentId))
            .filter(Query.is(context, "plan", AuditView::planId))
            .filter(Query.is(context, "target", AuditView::targetId))
            .filter(Query.is(context, "actor", AuditView::actor))
            .filter(Query.is(context, "kind", AuditView::kind))
            .toList();
    Pages.answer(context, wanted, entry -> entry.sequence() + ":" + entry.hash());
  }

  @Override
  public void close() {
    verifications.close();
  }
}
