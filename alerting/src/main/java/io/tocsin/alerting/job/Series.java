package io.tocsin.alerting.job;

/**
 * What may be in trouble on its own: one aspect of the keyed resource under one rule.
 *
 * @param rule name of the rule; has no slash
 * @param aspect such as {@code CPU}
 */
record Series(String rule, String aspect) {

  String key() {
    return rule + "/" + aspect;
  }

  static Series of(String key) {
    int slash = key.indexOf('/');
    return new Series(key.substring(0, slash), key.substring(slash + 1));
  }
}
