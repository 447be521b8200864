package io.tocsin.server.access;

import io.javalin.http.Context;
import java.time.Instant;

/**
 * Who asks, as far as the server knows.
 *
 * @param name a token's or a person's name; empty for somebody who did not say
 * @param role what they may do
 * @param way how they showed it
 * @param until when that ends; null if it does not
 * @param id of the token or session; empty for somebody who did not say
 */
public record Caller(String name, Role role, Way way, Instant until, String id) {

  /** What the audit calls somebody on this machine who did not say. */
  public static final String LOCAL = "local";

  /** How a caller shows who they are. NONE: they did not. */
  public enum Way {
    NONE,
    TOKEN,
    SESSION
  }

  private static final String ATTRIBUTE = Caller.class.getName();

  /** Somebody of no known token. */
  public Caller(String name, Role role, Way way, Instant until) {
    this(name, role, way, until, "");
  }

  /** Somebody who did not say who they are. */
  public static Caller anonymous(Role role) {
    return new Caller("", role, Way.NONE, null);
  }

  /** The caller of a request; one who may do nothing where nobody has looked. */
  public static Caller of(Context context) {
    Caller caller = context.attribute(ATTRIBUTE);
    return caller == null ? anonymous(Role.NOBODY) : caller;
  }

  /** Keeps who asks with the request. */
  public void stamp(Context context) {
    context.attribute(ATTRIBUTE, this);
  }

  /** Whether the server knows who this is, so that nobody has to take their word for it. */
  public boolean isKnown() {
    return way != Way.NONE;
  }

  /** Who a change is by, if a request says nothing else. */
  public String by() {
    return isKnown() ? name : LOCAL;
  }
}
