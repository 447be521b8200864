/** Rules: what their authors write, checked and compiled. Pure. */
package io.tocsin.alerting.rules;
