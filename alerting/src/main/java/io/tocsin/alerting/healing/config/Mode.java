package io.tocsin.alerting.healing.config;

/** How much the responder may do. */
public enum Mode {
  /** Judge every plan and say what would have been done, but do nothing. */
  OBSERVE,
  /** Do what no guard objects to once a person has agreed. */
  APPROVE,
  /** Do what no guard objects to. */
  AUTO
}
