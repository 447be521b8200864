package io.tocsin.server.access;

import io.tocsin.schemas.AccessKind;
import io.tocsin.schemas.AccessRole;
import io.tocsin.schemas.AccessToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Gives tokens and sessions and takes them back, and tells the audit. Each call is over when the
 * topic has it.
 */
public final class AccessDesk {

  /** How long a browser stays signed in. */
  public static final Duration SESSION = Duration.ofHours(12);

  /** The longest that a token may hold; its topic keeps records a little longer. */
  public static final Duration LONGEST = Duration.ofDays(366);

  /** A name of a person or a program; no slash, so that nobody is named as the responder is. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@+-]{0,127}");

  /**
   * Whom the audit calls so is somebody else: who did not say who, and the files of the operator.
   */
  private static final Set<String> TAKEN = Set.of(Caller.LOCAL, "config");

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int SWEPT_AT_ONCE = 100;
  private static final int LONGEST_NAME = 128;

  private final AccessTokens tokens;
  private final AccessSink sink;
  private final Clock clock;

  /** A desk over what is known and where it is kept. */
  public AccessDesk(AccessTokens tokens, AccessSink sink, Clock clock) {
    this.tokens = tokens;
    this.sink = sink;
    this.clock = clock;
  }

  /**
   * Something that was given.
   *
   * @param text to be shown to its owner now, and never again
   * @param token what is kept
   */
  public record Given(TokenText text, AccessToken token) {}

  /** What is wrong with a wish for a token, a line for each thing; empty if nothing is. */
  public static List<String> problems(String name, Role role, Duration time) {
    List<String> problems = new ArrayList<>();
    if (name == null || !NAME.matcher(name).matches() || TAKEN.contains(name)) {
      problems.add(
          "name: must be who will use it, in 1 to 128 letters, digits, spaces and . _ @ + -, and"
              + " none of "
              + String.join(", ", TAKEN.stream().sorted().toList()));
    }
    if (role == null || role == Role.NOBODY) {
      problems.add("role: must be VIEWER, RESPONDER, OPERATOR or ADMIN");
    }
    if (time == null || time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
      problems.add("forSeconds: must be 1 to " + LONGEST.toSeconds() + ", which is a year");
    }
    return problems;
  }

  /** A name made of what another system calls somebody. */
  public static String name(String foreign) {
    String plain = foreign.replaceAll("[^\\p{L}\\p{N} ._@+-]", "_").strip();
    String cut = plain.substring(0, Math.min(plain.length(), LONGEST_NAME - 1));
    return NAME.matcher(cut).matches() && !TAKEN.contains(cut) ? cut : "x" + cut;
  }

  /** Gives a token; what it is for has no {@link #problems}. */
  public Given token(String name, Role role, Duration time, String by) {
    Given given = make(AccessKind.TOKEN, name, role, clock.instant().plus(time), by, null);
    tell(
        by,
        "token "
            + given.token().getId()
            + " created for "
            + name
            + " as "
            + role
            + " until "
            + given.token().getExpiresAt());
    return keep(given);
  }

  /** Signs somebody in who has shown a token; the session ends with it at the latest. */
  public Given session(AccessToken token) {
    Instant end = clock.instant().plus(SESSION);
    Given given =
        make(
            AccessKind.SESSION,
            token.getName(),
            Role.valueOf(token.getRole().name()),
            end.isBefore(token.getExpiresAt()) ? end : token.getExpiresAt(),
            token.getName(),
            token.getId());
    tell(token.getName(), "signed in with token " + token.getId());
    return signedIn(given);
  }

  /** Signs somebody in for whom another system stands. */
  public Given session(String name, Role role, String provider) {
    Given given = make(AccessKind.SESSION, name, role, clock.instant().plus(SESSION), name, null);
    tell(name, "signed in by " + provider + " as " + role);
    return signedIn(given);
  }

  /** Takes back a token and what was begun with it, or a session. */
  public void revoke(AccessToken token, String by) {
    tell(
        by,
        (token.getKind() == AccessKind.SESSION ? "session " : "token ")
            + token.getId()
            + " of "
            + token.getName()
            + " revoked");
    end(token.getId());
    tokens.sessionsOf(token.getId()).forEach(session -> end(session.getId()));
  }

  /** Ends a session whose owner signs out; no change that the audit has to know. */
  public void signOut(String id) {
    end(id);
  }

  private Given signedIn(Given given) {
    // Here, because then somebody waits anyway, and there are about as many.
    tokens.ended(clock.instant()).stream()
        .limit(SWEPT_AT_ONCE)
        .forEach(
            old -> {
              sink.revoke(old.getId());
              tokens.remove(old.getId());
            });
    return keep(given);
  }

  private Given make(
      AccessKind kind, String name, Role role, Instant until, String by, String parent) {
    TokenText text = TokenText.random();
    AccessToken token =
        AccessToken.newBuilder()
            .setId(text.id())
            .setKind(kind)
            .setName(name)
            .setRole(AccessRole.valueOf(role.name()))
            .setHash(text.hash())
            .setCreatedAt(clock.instant())
            .setCreatedBy(by)
            .setExpiresAt(until)
            .setParentId(parent)
            .build();
    return new Given(text, token);
  }

  /**
   * Known here first: nobody has seen it yet, and whoever takes it back, elsewhere too, is heard
   * after this.
   */
  private Given keep(Given given) {
    tokens.put(given.token());
    try {
      await(sink.keep(given.token()));
    } catch (CompletionException notKept) {
      tokens.remove(given.token().getId());
      throw notKept;
    }
    return given;
  }

  private void end(String id) {
    tokens.remove(id);
    await(sink.revoke(id));
  }

  private void tell(String by, String text) {
    await(sink.tell(Change.of(by, text, clock.instant())));
  }

  private static void await(CompletableFuture<?> kept) {
    kept.copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }
}
