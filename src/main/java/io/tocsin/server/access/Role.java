package io.tocsin.server.access;

/**
 * What a caller may do. Each role may do what those before it may; the words are those of most
 * alerting systems.
 */
public enum Role {

  /** Anybody, without saying who: that the program lives, and how to sign in. */
  NOBODY,

  /** Looks at everything, changes nothing. */
  VIEWER,

  /** Takes, notes, silences and resolves incidents. */
  RESPONDER,

  /** Decides about healing; changes rules and policies. */
  OPERATOR,

  /** Decides who may do what. */
  ADMIN;

  /** Whether a caller of this role may do what asks for another. */
  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
