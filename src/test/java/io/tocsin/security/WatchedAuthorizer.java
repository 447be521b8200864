package io.tocsin.security;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's authorizer, and a note of all that it was asked and answered. */
public final class WatchedAuthorizer extends StandardAuthorizer {

  private static final Set<String> ALLOWED = new ConcurrentSkipListSet<>();
  private static final Set<String> DENIED = new ConcurrentSkipListSet<>();

  /** Made by the broker. */
  public WatchedAuthorizer() {}

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext context, List<Action> actions) {
    List<AuthorizationResult> results = super.authorize(context, actions);
    for (int i = 0; i < actions.size(); i++) {
      Action action = actions.get(i);
      String line =
          "%s %s %s %s"
              .formatted(
                  context.principal(),
                  action.operation(),
                  action.resourcePattern().resourceType(),
                  action.resourcePattern().name());
      // Where neither is to be logged, the broker only looks which of many one may see or do.
      if (results.get(i) == AuthorizationResult.ALLOWED) {
        if (action.logIfAllowed()) {
          ALLOWED.add(line);
        }
      } else if (action.logIfDenied()) {
        DENIED.add(line);
      }
    }
    return results;
  }

  /** What was denied to somebody, as {@code User:x OPERATION TYPE name}. */
  static Set<String> denied(String principal) {
    return of(DENIED, principal);
  }

  /** What was allowed to somebody. */
  static Set<String> allowed(String principal) {
    return of(ALLOWED, principal);
  }

  private static Set<String> of(Set<String> lines, String principal) {
    Set<String> theirs = new TreeSet<>(lines);
    theirs.removeIf(line -> !line.startsWith(principal + " "));
    return theirs;
  }
}
