/**
 * A new version on its way through an installation: put on some instances at a time, judged by
 * Tocsin's own signals, and taken back where it does not do well.
 */
package io.tocsin.delivery;
