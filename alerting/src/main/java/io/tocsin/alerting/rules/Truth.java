package io.tocsin.alerting.rules;

/** What a condition says: three-valued, as what is not known must neither fire nor clear. */
public enum Truth {
  TRUE,
  FALSE,
  /** A figure is missing, or the condition failed on it. */
  UNKNOWN;

  /** True or false. */
  public static Truth of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** The contrary; UNKNOWN stays. */
  public Truth not() {
    return switch (this) {
      case TRUE -> FALSE;
      case FALSE -> TRUE;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
