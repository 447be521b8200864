package io.tocsin.alerting.healing.config;

import java.util.regex.Pattern;

/**
 * The form of a resource id that may be acted on. It leaves no room for options ({@code -rf}),
 * paths, white space or anything a shell knows, so that an id stays an id wherever it is shown.
 */
public final class TargetId {

  /** What an id has to match, whole. */
  public static final Pattern PATTERN =
      Pattern.compile("(host|vm|container|endpoint|service)/[a-z0-9][a-z0-9._-]{0,62}");

  private TargetId() {}

  /** Whether it has the form. */
  public static boolean matches(String id) {
    return PATTERN.matcher(id).matches();
  }
}
