package io.tocsin.history.board;

/** Whose figures a panel shows, and how each of its lines is named. */
enum Who {
  /** Resources that the reader picks. */
  RESOURCES("resource", "resource"),
  /** Roll-ups of services that the reader picks. */
  SERVICES("service", "service"),
  /** Roll-ups of kinds that the reader picks. */
  KINDS("kind", "kind"),
  /** The roll-up of all. */
  FLEET(null, null),
  /** Every resource, or every one of the panel's kind; for rankings. */
  ALL(null, "resource"),
  /** Every service; for rankings. */
  EVERY_SERVICE(null, "service"),
  /** The program's own meters, those that the panel names. */
  METERS(null, "meter");

  private final String variable;
  private final String tag;

  Who(String variable, String tag) {
    this.variable = variable;
    this.tag = tag;
  }

  /** The board's variable that picks them; null where nothing is picked. */
  String variable() {
    return variable;
  }

  /** The tag that tells them from each other; null where there is but one. */
  String tag() {
    return tag;
  }
}
